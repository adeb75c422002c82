package dev.covibe.tenancy;

import java.util.UUID;

/**
 * Where something happens: a workspace and the tenant that it belongs to. Every row of work lives in one place, and the
 * database shows a transaction only the rows of its place.
 */
public record Place(UUID tenantId, UUID workspaceId) {}
