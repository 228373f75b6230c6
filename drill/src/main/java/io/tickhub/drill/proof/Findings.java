package io.tickhub.drill.proof;

import java.util.ArrayList;
import java.util.List;

/** What a proof found wrong; nothing, if all is well. For one thread. */
public final class Findings {

    private static final int MOST_COMPLAINTS = 20;

    private long lost;
    private long doubled;
    private final List<String> complaints = new ArrayList<>();

    /** Ticks that should be there and are not. */
    public long lost() {
        return lost;
    }

    /** Ticks that are there more than once. */
    public long doubled() {
        return doubled;
    }

    /** One sentence for each thing that is wrong, the first {@value #MOST_COMPLAINTS} of them. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    public boolean isClean() {
        return lost == 0 && doubled == 0 && complaints.isEmpty();
    }

    public void lost(long ticks, String complaint) {
        lost += ticks;
        complain(complaint);
    }

    public void doubled(long ticks, String complaint) {
        doubled += ticks;
        complain(complaint);
    }

    public void complain(String complaint) {
        if (complaints.size() < MOST_COMPLAINTS) {
            complaints.add(complaint);
        }
    }
}
