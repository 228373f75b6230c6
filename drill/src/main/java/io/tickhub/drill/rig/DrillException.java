package io.tickhub.drill.rig;

/** Something that a drill waited for did not happen. The message says what, in one sentence. */
public final class DrillException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DrillException(String message) {
        super(message);
    }

    public DrillException(String message, Throwable cause) {
        super(message, cause);
    }
}
