"""Words of the list that are never drawn: nobody should find them on her own paper.

Blows and weapons, illness and death, prison, sex, insults, and what somebody is called at home.
Words drawn before this list was made are read as ever.
"""

from __future__ import annotations

from typing import Final

UNFIT: Final = frozenset(
    """
    aborto abuso acoso acusar adicto agonía ahogo amante asalto ataque atar azote batalla bestia
    bobo bomba bozal bruja brusco bruto burla burro cadáver cadena caída calvo cáncer cárcel
    celda celoso cerdo chacal chupar ciego cochino coger cojo combate crimen cripta crisis culebra
    culpa débil delito derrota desnudo diablo dolor droga duelo enano enemigo enfado enfermo engaño
    espada espía esposa fatiga feo feroz fiera fingir flaco forzar fosa fracaso fraude fuga furia
    fusil golpe gordo grito guerra hacha hembra herir hostil huida huir hundir hurto infiel inútil
    ira jaula jeringa joroba juez juicio lacra ladrón lágrima lamer lástima lesión letal
    llaga llanto llorar loco locura macho mafia maldad malo manco marido matar miedo misil miseria
    morder moreno morir mortal muerte mugre necio negro novio obeso odiar odio ofensa ogro
    orgía pánico pecado pelea peligro pena perder pobre policía preso prisión privar puñal puño
    queja quemar rabia rapto rehén rencor riesgo ruina ruptura sangre satán secta sexo soledad
    sordo sufrir susto tabú terror tonto torpedo tóxico trauma triste tuerto tumba tumor úlcera
    vencer veneno vengar vicio víctima vil viudo
    """.split()
)
