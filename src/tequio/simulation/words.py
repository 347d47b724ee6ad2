"""Names for invented people and places. Any likeness is chance: they are drawn word by word."""

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
SURNAMES: Final = (
    "Aguilar Alvarado Arellano Ávila Barrera Bautista Cabrera Campos Cárdenas Carrillo Castillo "
    "Cervantes Chávez Contreras Cortés Cruz Delgado Díaz Domínguez Escobar Espinosa Estrada "
    "Fuentes Galván Gallegos García Guerrero Gutiérrez Guzmán Hernández Herrera Ibarra Jiménez "
    "Juárez Lara León López Luna Maldonado Márquez Martínez Medina Mejía Mendoza Miranda Molina "
    "Montes Mora Morales Moreno Muñoz Nava Núñez Ochoa Olvera Orozco Ortega Ortiz Pacheco Padilla "
    "Palacios Peña Pérez Ponce Ramírez Ramos Rangel Reyes Ríos Rivera Robles Rojas Rosales Rubio "
    "Ruiz Salas Salazar Sánchez Sandoval Santos Serrano Silva Solís Soto Suárez Tapia Torres "
    "Trejo Valdez Vargas Vázquez Vega Velasco Villa Zamora Zavala Zúñiga"
).split()
SITES: Final = ("Portales", "Ecatepec", "Iztapalapa", "Nezahualcóyotl")
DAYS: Final = ("Lunes", "Martes", "Miércoles", "Jueves", "Viernes", "Sábado")
