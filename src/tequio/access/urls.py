"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from tequio.access.views import account, duties, leaving, resuming, signing_in, users

app_name = "access"
urlpatterns = [
    path("entrar/", signing_in.sign_in, name="sign-in"),
    path("entrar/codigo/", signing_in.code, name="code"),
    path("entrar/telefono/", signing_in.enrol, name="enrol"),
    path("entrar/respaldo/", signing_in.recovery_codes, name="recovery-codes"),
    path("entrar/con-codigo/", signing_in.use_reset_code, name="use-reset-code"),
    path("salir/", signing_in.sign_out, name="sign-out"),
    path("salir-ya/", leaving.leave_now, name="leave-now"),
    path("cuenta/", account.account, name="account"),
    path("cuenta/contrasena/", account.change_password, name="change-password"),
    path("cuenta/telefono/", account.new_authenticator, name="new-authenticator"),
    path("cuenta/respaldo/", account.new_recovery_codes, name="new-recovery-codes"),
    path("cuenta/pin/", account.pin, name="pin"),
    path("seguir/", resuming.resume, name="resume"),
    path("cuenta/idioma/", account.change_language, name="change-language"),
    path("equipo/", users.users, name="users"),
    path("equipo/nueva/", users.new_user, name="new-user"),
    path("equipo/<uuid:user_id>/", users.user, name="user"),
    path("equipo/<uuid:user_id>/roles/", users.user_roles, name="user-roles"),
    path("equipo/<uuid:user_id>/codigo/", users.issue_code, name="issue-code"),
    path("equipo/<uuid:user_id>/cerrar/", users.deactivate, name="deactivate"),
    path("equipo/<uuid:user_id>/abrir/", users.reactivate, name="reactivate"),
    path("quien-puede-hacer-que/", users.roles, name="roles"),
    path("quien-puede-hacer-que/excepcion/", duties.sign, name="duty-sign"),
    path(
        "quien-puede-hacer-que/excepcion/<uuid:exception_id>/terminar/",
        duties.end,
        name="duty-end",
    ),
]
