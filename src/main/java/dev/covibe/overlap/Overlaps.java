package dev.covibe.overlap;

import dev.covibe.tenancy.Place;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.*;

@ApplicationScoped
public class Overlaps {
    public OverlapReport check(Place place, Footprint draft) {
        return new OverlapReport(false, List.of());
    }

    public void admit(Place place, UUID planner, Footprint f, Confirmation c) {}

    public void leave(Place place, Footprint f) {}

    public int leaveAll(Place place, List<Footprint> f) {
        return 0;
    }
}
