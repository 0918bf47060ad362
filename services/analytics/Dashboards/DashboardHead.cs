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
/// <param name="Formulas">Of the cycle's programme version.</param>
internal sealed record DashboardHead(OrganisationResponse Organisation, string CyclePath, DateTimeOffset OpenedAt, Formulas Formulas)
{
    public static async Task<(DashboardHead? Head, Problem? Problem)> ReadAsync(
        NpgsqlConnection connection, ProgrammeShelf programmes, Caller caller, Guid organisationId, Guid cycleId, CancellationToken cancellationToken)
    {
        OrganisationResponse organisation;
        string cyclePath, programmeKey, programmeVersion;
        DateTimeOffset openedAt;
        await using (var command = new NpgsqlCommand("""
            select o.id, o.code, o.name_zh, o.name_en, o.level_roles, o.path,
              coalesce((select n.path from node_completeness n where n.cycle_id = $2 and n.organisation_id = o.id limit 1), o.path),
              c.programme_key, c.programme_version, c.opened_at
            from organisations o left join cycles c on c.id = $2
            where o.id = $1 and (o.path = any($3) or o.path ^@ any($4))
            """, connection)
        { Parameters = { new() { Value = organisationId }, new() { Value = cycleId }, new() { Value = caller.OwnPaths() }, new() { Value = caller.SubtreePaths() } } })
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            if (!await reader.ReadAsync(cancellationToken))
            {
                return (null, GeneralProblems.NotFound);
            }

            if (await reader.IsDBNullAsync(7, cancellationToken))
            {
                return (null, AnalyticsProblems.UnknownCycle);
            }

            (organisation, cyclePath) = (ReadOrganisation(reader), reader.GetString(6));
            (programmeKey, programmeVersion, openedAt) = (reader.GetString(7), reader.GetString(8), reader.GetFieldValue<DateTimeOffset>(9));
        }

        return await programmes.FindAsync(connection, programmeKey, programmeVersion, cancellationToken) is { } formulas
            ? (new(organisation, cyclePath, openedAt, formulas), null)
            : (null, AnalyticsProblems.NotReady);
    }

    /// <summary>Organisations above, names only, province first.</summary>
    public NpgsqlBatchCommand ParentsCommand() => new("select id, name_zh, name_en from organisations where path = any($1) order by length(path)")
    { Parameters = { new() { Value = TreePath.Ancestors(Organisation.Path).ToArray() } } };

    public static async Task<IReadOnlyList<ParentResponse>> ReadParentsAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var parents = new List<ParentResponse>();
        while (await reader.ReadAsync(cancellationToken))
        {
            parents.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetString(2)));
        }

        return parents;
    }

    /// <summary>From the first six columns: id, code, name_zh, name_en, level_roles, path.</summary>
    public static OrganisationResponse ReadOrganisation(NpgsqlDataReader reader) =>
        new(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetFieldValue<string[]>(4), reader.GetString(5));
}
