using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Programmes;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Analytics.Dashboards;

/// <summary>What every dashboard starts with: the organisation, if the caller may see it, and the cycle with its formulas.</summary>
/// <param name="Organisation">As the tree knows it today.</param>
/// <param name="CyclePath">Its place in the cycle, which may be older.</param>
/// <param name="OpenedAt">When the cycle opened: the age of figures that no submission has touched.</param>
/// <param name="Formulas">Of the cycle's present programme version.</param>
internal sealed record DashboardHead(OrganisationResponse Organisation, string CyclePath, DateTimeOffset OpenedAt, Formulas Formulas)
{
    public bool IsSchool => Organisation.LevelRoles.Contains("school");

    /// <summary>The same of a province, city or county: below a school there is nothing.</summary>
    public static async Task<(DashboardHead? Head, Problem? Problem)> ReadNodeAsync(
        NpgsqlConnection connection, ProgrammeShelf programmes, Caller caller, Guid organisationId, Guid cycleId, CancellationToken cancellationToken)
    {
        var (head, problem) = await ReadAsync(connection, programmes, caller, organisationId, cycleId, cancellationToken);
        return head is { IsSchool: true } ? (null, AnalyticsProblems.NotANode) : (head, problem);
    }

    public static async Task<(DashboardHead? Head, Problem? Problem)> ReadAsync(
        NpgsqlConnection connection, ProgrammeShelf programmes, Caller caller, Guid organisationId, Guid cycleId, CancellationToken cancellationToken)
    {
        OrganisationResponse organisation;
        string cyclePath, programmeKey, programmeVersion;
        DateTimeOffset openedAt;
        await using (var command = new NpgsqlCommand($"""
            select o.id, o.code, o.name_zh, o.name_en, o.level_roles, o.path, o.valid_to,
              coalesce(place.path, o.path), c.programme_key, coalesce(cp.programme_version, c.programme_version), c.opened_at
            from organisations o left join cycles c on c.id = $2 left join cycle_programmes cp on cp.cycle_id = c.id
            left join lateral (select n.path from node_completeness n where n.cycle_id = $2 and n.organisation_id = o.id order by n.path <> o.path limit 1) place on true
            where o.id = $1 and {SeenSql("o.id", "coalesce(place.path, o.path)", "$3", "$4")}
            """, connection)
        {
            CommandTimeout = Budgets.StatementSeconds,
            Parameters = { new() { Value = organisationId }, new() { Value = cycleId }, new() { Value = Own(caller) }, new() { Value = caller.SubtreePaths() } },
        })
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            if (!await reader.ReadAsync(cancellationToken))
            {
                return (null, GeneralProblems.NotFound);
            }

            if (await reader.IsDBNullAsync(8, cancellationToken))
            {
                return (null, AnalyticsProblems.UnknownCycle);
            }

            (organisation, cyclePath) = (ReadOrganisation(reader), reader.GetString(7));
            (programmeKey, programmeVersion, openedAt) = (reader.GetString(8), reader.GetString(9), reader.GetFieldValue<DateTimeOffset>(10));
        }

        return await programmes.FindAsync(connection, programmeKey, programmeVersion, cancellationToken) is { } formulas
            ? (new(organisation, cyclePath, openedAt, formulas), null)
            : (null, AnalyticsProblems.NotReady);
    }

    /// <summary>As SQL, whether the caller sees the figures of a place: their own, with its totals alone, or one of a subtree.</summary>
    /// <param name="id">Expression: the organisation.</param>
    /// <param name="path">Expression: its place in the cycle.</param>
    /// <param name="own">Parameter: <see cref="Own"/>.</param>
    /// <param name="subtrees">Parameter: the caller's subtrees.</param>
    public static string SeenSql(string id, string path, string own, string subtrees) => $"({id} = any({own}) or {path} ^@ any({subtrees}))";

    /// <summary>The caller's own organisations: known by themselves, wherever a closed cycle has them.</summary>
    public static Guid[] Own(Caller caller) => [.. caller.Rights.Where(right => !right.CoversSubtree).Select(right => right.OrganisationId).Distinct()];

    /// <summary>Organisations above it in this cycle, names only, province first.</summary>
    public NpgsqlBatchCommand ParentsCommand() => new("""
        select o.id, o.name_zh, o.name_en from unnest($1) above(path)
        join organisations o on o.id = coalesce((select n.id from organisations n where n.path = above.path limit 1),
          (select p.organisation_id from organisation_places p where p.path = above.path limit 1))
        order by length(above.path)
        """)
    { Parameters = { new() { Value = TreePath.Ancestors(CyclePath).ToArray() } } };

    public static async Task<IReadOnlyList<ParentResponse>> ReadParentsAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var parents = new List<ParentResponse>();
        while (await reader.ReadAsync(cancellationToken))
        {
            parents.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetString(2)));
        }

        return parents;
    }

    /// <summary>From the first seven columns: id, code, name_zh, name_en, level_roles, path, valid_to.</summary>
    public static OrganisationResponse ReadOrganisation(NpgsqlDataReader reader) =>
        new(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetFieldValue<string[]>(4), reader.GetString(5),
            reader.IsDBNull(6) ? null : reader.GetFieldValue<DateOnly>(6));
}
