"""Names for invented people and places: plainly invented, so that nobody looks for the man."""

from __future__ import annotations

from typing import Final

GIVEN: Final = (
    "Abel Adrián Agustín Alberto Alejandro Alfonso Alonso Álvaro Ángel Antonio Armando Arturo "
    "Benito Bruno Carlos César Daniel David Diego Eduardo Efraín Elías Emilio Enrique Ernesto "
    "Esteban Fabián Felipe Félix Fernando Francisco Gabriel Gerardo Gonzalo Gustavo Héctor "
    "Hugo Ignacio Isaac Iván Jaime Javier Jesús Joaquín Jorge José Juan Julián Julio Leonardo "
    "Luis Manuel Marco Mario Martín Mateo Miguel Moisés Noé Octavio Omar Óscar Pablo Pedro "
    "Rafael Ramiro Raúl Ricardo Roberto Rodrigo Rubén Salvador Samuel Saúl Sergio Tomás Ulises "
    "Vicente Víctor"
).split()
# Nobody is called so: wherever one of these names turns up, it is plain that the man is invented.
SURNAMES: Final = (
    "Ejemplo Ensayo Ficticio Figurado Imaginado Inventado Maqueta Muestra Prueba Simulado Supuesto"
).split()
SECOND_SURNAMES: Final = (
    "de la Arena|de la Brisa|de la Cantera|de la Ladera|de la Loma|de la Niebla|de la Nube|"
    "de la Selva|de la Vereda|del Arroyo|del Cedro|del Cerro|del Copal|del Encino|del Faro|"
    "del Fresno|del Lago|del Laurel|del Llano|del Maguey|del Mezquite|del Nopal|del Olmo|"
    "del Puente|del Risco|del Sabino|del Sauce|del Valle|del Volcán"
).split("|")
SITES: Final = ("Portales", "Ecatepec", "Iztapalapa", "Nezahualcóyotl")
DAYS: Final = ("Lunes", "Martes", "Miércoles", "Jueves", "Viernes", "Sábado")
