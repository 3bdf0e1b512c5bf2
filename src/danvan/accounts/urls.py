from __future__ import annotations

from django.urls import path

from danvan.accounts import views

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.SignIn.as_view(), name="sign_in"),
    path("dang-xuat/", views.SignOut.as_view(), name="sign_out"),
    path("mat-khau/", views.Password.as_view(), name="password"),
    path("trinh-dien/", views.Demonstration.as_view(), name="demonstration"),
]
