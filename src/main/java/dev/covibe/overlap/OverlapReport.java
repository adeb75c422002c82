package dev.covibe.overlap;

import java.util.*;

public record OverlapReport(boolean escalates, List<Candidate> candidates) {}
