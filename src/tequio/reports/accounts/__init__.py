"""Reports of a closed period: what is counted, what is said beside it, and testimonies."""
