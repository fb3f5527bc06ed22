package dev.tributary.box.standin.strimzi;

import java.io.IOException;

/** Connect answered with a status that was not expected. Its name is what Strimzi shows as the reason. */
final class ConnectRestException extends IOException {

    private final int statusCode;

    ConnectRestException(String method, String path, int statusCode, String message) {
        super(method + " " + path + " returned " + statusCode + " (" + statusCode + "): " + message);
        this.statusCode = statusCode;
    }

    int statusCode() {
        return statusCode;
    }
}
