"""Addresses of costs."""

from __future__ import annotations

from django.urls import path

from tequio.costs.views import book, budgets, hours, results

app_name = "costs"
urlpatterns = [
    path("costos/", book.home, name="home"),
    path("costos/presupuesto/", budgets.budget, name="budget"),
    path("costos/presupuesto.pdf", budgets.pdf, name="budget-pdf"),
    path("costos/presupuesto.xlsx", budgets.workbook, name="budget-xlsx"),
    path("costos/<int:year>/", book.year, name="year"),
    path("costos/<int:year>/supuestos/", book.terms, name="terms"),
    path("costos/<int:year>/gastos/nuevo/", book.new_expense, name="new-expense"),
    path("costos/<int:year>/horas/", hours.hours, name="hours"),
    path("costos/<int:year>/horas/nuevas/", book.new_hours, name="new-hours"),
    path("costos/<int:year>/contacto/", book.contact, name="contact"),
    path("costos/<int:year>/ingresos/nuevo/", book.new_income, name="new-income"),
    path("costos/<int:year>/resultado/", results.result, name="result"),
    path("costos/<int:year>/resultado.pdf", results.pdf, name="result-pdf"),
    path("costos/renglones/<uuid:line_id>/quitar/", book.void, name="void"),
    path("costos/ingresos/<uuid:income_id>/quitar/", book.void_income, name="void-income"),
]
