package io.tickhub.client;

/** The client was closed before or while a request waited for its reply. */
public final class ClientClosedException extends RequestException {

    private static final long serialVersionUID = 1L;

    ClientClosedException(String request) {
        super(request + " was not answered: the client is closed");
    }
}
