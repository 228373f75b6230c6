package io.tickhub.client;

/** A request was not answered as asked; the message is one sentence for a person. */
public abstract sealed class RequestException extends RuntimeException
        permits BrokerException,
                ClientClosedException,
                HubErrorException,
                NoHubException,
                NotAllowedException,
                RequestTimeoutException,
                TooManyRequestsException {

    private static final long serialVersionUID = 1L;

    RequestException(String message) {
        super(message);
    }

    RequestException(String message, Throwable cause) {
        super(message, cause);
    }
}
