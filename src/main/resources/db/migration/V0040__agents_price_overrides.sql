create table price_overrides (
    id uuid primary key,
    tenant_id uuid not null references tenants (id),
    provider text constraint price_overrides_provider_length check (length(provider) between 1 and 60),
    model text not null constraint price_overrides_model_length check (length(model) between 1 and 120),
    effective_from date not null,
    effective_until date,
    input_nanos bigint not null constraint price_overrides_input_range check (input_nanos between 0 and 2000000000000),
    output_nanos bigint not null constraint price_overrides_output_range check (output_nanos between 0 and 2000000000000),
    cache_read_nanos bigint not null constraint price_overrides_cache_read_range check (cache_read_nanos between 0 and 2000000000000),
    cache_write_nanos bigint not null constraint price_overrides_cache_write_range check (cache_write_nanos between 0 and 2000000000000),
    created_by uuid not null,
    created_at timestamptz not null default now(),
    ended_by uuid,
    ended_at timestamptz,
    constraint price_overrides_end_not_before_start check (effective_until >= effective_from),
    foreign key (tenant_id, created_by) references developers (tenant_id, id),
    foreign key (tenant_id, ended_by) references developers (tenant_id, id)
);
create index price_overrides_by_model on price_overrides (tenant_id, model, effective_from desc);
comment on table price_overrides is 'What a company pays for a model where it is not the shipped price (AGT-5). Never changed, only ended: the price of a day stays known.';
comment on column price_overrides.input_nanos is 'Billionths of a US dollar for a million tokens; likewise the other rates.';
comment on column price_overrides.effective_until is 'The first day on which it holds no more.';

alter table price_overrides enable row level security;
alter table price_overrides force row level security;
create policy price_overrides_tenant on price_overrides
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
