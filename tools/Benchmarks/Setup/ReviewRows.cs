using System.Globalization;
using Npgsql;

namespace Gengdu.Benchmarks.Setup;

/// <summary>
/// A whole province for supervision alone: schools with their people, a cycle and its roster in its replica, and submissions as
/// events in reporting's outbox. Made with SQL, because nothing of how they were filled in matters to who reviews them.
/// </summary>
internal sealed class ReviewRows(NpgsqlDataSource postgres)
{
    private const int Cells = 50, InCounty = 100;

    /// <summary>As many numbers as a module has: what travels with a submission.</summary>
    private static readonly string Values = $"{{{string.Join(',', Enumerable.Range(1, Cells).Select(n => string.Create(CultureInfo.InvariantCulture, $"\"cell_{n}\":{n * 7}")))}}}";

    /// <summary>A hundred schools in the county that approves, the rest over all other counties; each with its reporter and its approver.</summary>
    public Task SchoolsAsync(int count, string countyCode, CancellationToken cancellationToken) => DoAsync(cancellationToken,
        ("create schema if not exists bench", []),
        ("create table if not exists bench.review_schools (n int primary key, id uuid not null, path text not null)", []),
        ("""
        with counties as (
          select path, row_number() over (order by code) - 1 as n, count(*) over () as all_of_them from supervision.organisations where 'county' = any(level_roles) and code <> $2
        )
        insert into bench.review_schools (n, id, path)
        select s.n, gen_random_uuid(), (case when s.n < $3 then (select path from supervision.organisations where code = $2) else c.path end) || (5000000 + s.n) || '/'
        from generate_series(0, $1 - 1) s(n) join counties c on c.n = s.n % c.all_of_them
        """, [count, countyCode, InCounty]),
        ("""
        insert into supervision.organisations (id, parent_id, path, code, name_zh, name_en, level_roles, kind, grades, valid_from, version)
        select id, null, path, '29' || lpad(n::text, 8, '0'), '第' || n || '小学', 'Di ' || n || ' Xiao Xue', '{school}', 'school', '{}', '2020-01-01', 1 from bench.review_schools
        """, []),
        ("""
        insert into supervision.assignments (id, person_id, role, organisation_id, valid_from, removed, version)
        select gen_random_uuid(), gen_random_uuid(), role, s.id, '2020-01-01', false, 1 from bench.review_schools s cross join unnest(array['reporter', 'approver']) role
        """, []));

    /// <summary>A cycle that is open, in which each school owes so many modules.</summary>
    public Task CycleAsync(Guid cycle, int modulesEach, CancellationToken cancellationToken) => DoAsync(cancellationToken,
        ("""
        insert into supervision.cycles (id, programme_key, name_zh, name_en, period_key, opens_at, deadlines, module_keys, roster_size, opened_at)
        select $1, 'labor-education', '基准', 'Bench', 'bench', now() - interval '20 days',
          jsonb_build_object('school', now() + interval '10 days', 'county', now() + interval '17 days', 'city', now() + interval '24 days', 'province', now() + interval '31 days'),
          (select array_agg('module-' || m) from generate_series(1, $2) m), (select count(*) from bench.review_schools), now() - interval '20 days'
        """, [cycle, modulesEach]),
        ("""
        insert into supervision.roster (report_id, cycle_id, organisation_id, organisation_path, level, module_keys)
        select md5($1::text || s.n)::uuid, $1, s.id, s.path, 'school', (select array_agg('module-' || m) from generate_series(1, $2) m) from bench.review_schools s
        """, [cycle, modulesEach]));

    /// <summary>Each school's modules, some with explained warnings, some late.</summary>
    public Task SubmitAsync(Guid cycle, int from, int schools, int modulesEach, CancellationToken cancellationToken) => DoAsync(cancellationToken, ("""
        insert into reporting.outbox_messages (id, type, body, trace_parent, not_before, attempts)
        select gen_random_uuid(), 'Gengdu.Contracts.Reporting.V1.ModuleReportSubmitted', jsonb_build_object(
          'moduleReportId', gen_random_uuid(), 'revision', 1, 'reportId', md5($1::text || s.n)::uuid, 'cycleId', $1, 'programmeKey', 'labor-education', 'programmeVersion', '2026.1',
          'moduleKey', 'module-' || m, 'organisationId', s.id, 'organisationPath', s.path, 'level', 'school', 'submittedAt', now(), 'submittedBy', gen_random_uuid(), 'onTime', (s.n + m) % 20 <> 0,
          'receiptNumber', '20260915-' || s.n || '-' || m, 'contentHash', repeat('a', 64), 'values', $5::jsonb, 'personalCells', '[]'::jsonb,
          'explainedWarnings', case when (s.n + m) % 4 = 0 then 1 + s.n % 3 else 0 end)::text, null, now(), 0
        from bench.review_schools s cross join generate_series(1, $4) m where s.n >= $2 and s.n < $2 + $3 order by m, s.n
        """, [cycle, from, schools, modulesEach, Values]));

    /// <summary>Waits until every event has left the outbox.</summary>
    public Task PublishedAsync(CancellationToken cancellationToken) =>
        UntilAsync("select count(*) from reporting.outbox_messages", found => found == 0, TimeSpan.FromMinutes(15), cancellationToken);

    /// <summary>Waits until so many reviews of the cycle are there, and no more than that.</summary>
    public async Task ReviewedAsync(Guid cycle, int count, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var found = await UntilAsync("select count(*) from supervision.reviews where cycle_id = $1", found => found >= count, atMost, cancellationToken, cycle);
        if (found != count)
        {
            throw new InvalidOperationException($"{count} submissions gave {found} reviews");
        }
    }

    public Task<long> InCountyAsync(CancellationToken cancellationToken) => NumberAsync("select count(*) from bench.review_schools where n < $1", cancellationToken, InCounty);

    /// <summary>Acts of one kind in the audit, those not yet chained included.</summary>
    public Task<long> AuditedAsync(string act, CancellationToken cancellationToken) => NumberAsync(
        "select (select count(*) from supervision.audit_entries where act = $1) + (select count(*) from supervision.audit_pending where body::jsonb ->> 'act' = $1)", cancellationToken, act);

    private async Task<long> UntilAsync(string sql, Func<long, bool> enough, TimeSpan atMost, CancellationToken cancellationToken, params object[] values)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(atMost);
        try
        {
            while (true)
            {
                var found = await NumberAsync(sql, patience.Token, values);
                if (enough(found))
                {
                    return found;
                }

                await Task.Delay(500, patience.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"Not reached within {atMost.TotalMinutes} minutes: {sql}");
        }
    }

    private async Task<long> NumberAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = Command(sql, values);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task DoAsync(CancellationToken cancellationToken, params (string Sql, object[] Values)[] statements)
    {
        foreach (var (sql, values) in statements)
        {
            await using var command = Command(sql, values);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = postgres.CreateCommand(sql);
        command.CommandTimeout = 300;
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }
}
