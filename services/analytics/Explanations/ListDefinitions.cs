using Gengdu.Analytics.Programmes;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gengdu.Analytics.Explanations;

/// <summary>The definitions of all indicators of a programme, with their past.</summary>
public sealed record DefinitionsResponse(string ProgrammeKey, IReadOnlyList<DefinitionPastResponse> Indicators);

/// <summary>One indicator over the versions.</summary>
/// <param name="Versions">Oldest first; the last is the newest that is known.</param>
public sealed record DefinitionPastResponse(string Id, IReadOnlyList<DefinitionVersionResponse> Versions);

/// <summary>One definition, for as long as it stayed the same.</summary>
/// <param name="ProgrammeVersions">Versions of the programme that have it.</param>
/// <param name="EffectiveFrom">First day of the first period whose figures are made with it; null when none is.</param>
/// <param name="EffectiveUntil">Last day of the last such period.</param>
/// <param name="Cycles">Cycles whose figures are made with it.</param>
public sealed record DefinitionVersionResponse(
    DefinitionResponse Definition, IReadOnlyList<string> ProgrammeVersions, DateOnly? EffectiveFrom, DateOnly? EffectiveUntil, int Cycles);

internal static class ListDefinitions
{
    /// <summary>What every indicator is and was. Everyone with a right somewhere sees it: a formula is no secret, its figures are scoped.</summary>
    public static async Task<Results<Ok<DefinitionsResponse>, ProblemHttpResult>> HandleAsync(
        string programmeKey, Caller caller, Database database, ProgrammeShelf programmes, CancellationToken cancellationToken)
    {
        if (caller.Rights.Count == 0)
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var versions = new List<(Rules.Programme, IReadOnlyList<(DateOnly, DateOnly)>)>();
        foreach (var (version, periods) in await VersionsAsync(connection, programmeKey, cancellationToken))
        {
            versions.Add(((await programmes.FindAsync(connection, programmeKey, version, cancellationToken))!.Programme, periods));
        }

        if (versions.Count == 0)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        var ids = versions.AsEnumerable().Reverse().SelectMany(v => v.Item1.Indicators.Select(i => i.Id)).Distinct();
        return TypedResults.Ok(new DefinitionsResponse(programmeKey, [.. ids.Select(id => new DefinitionPastResponse(id, DefinitionHistory.Of(versions, id)))]));
    }

    // "2026.10" comes after "2026.9".
    private static async Task<IReadOnlyList<(string Version, IReadOnlyList<(DateOnly Start, DateOnly End)> Periods)>> VersionsAsync(
        NpgsqlConnection connection, string programmeKey, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            select p.version, c.period_start, c.period_end from programmes p
            left join (select c.id, c.period_start, c.period_end, c.programme_key, coalesce(cp.programme_version, c.programme_version) as version
              from cycles c left join cycle_programmes cp on cp.cycle_id = c.id) c on c.programme_key = p.key and c.version = p.version
            where p.key = $1
            """, connection)
        { CommandTimeout = Budgets.StatementSeconds, Parameters = { new() { Value = programmeKey } } };
        var rows = new List<(string Version, (DateOnly, DateOnly)? Period)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add((reader.GetString(0), reader.IsDBNull(1) ? null : (reader.GetFieldValue<DateOnly>(1), reader.GetFieldValue<DateOnly>(2))));
        }

        return [.. rows.GroupBy(row => row.Version).OrderBy(group => Version.TryParse(group.Key, out var number) ? number : new()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, (IReadOnlyList<(DateOnly, DateOnly)>)[.. group.Where(row => row.Period is not null).Select(row => row.Period!.Value)]))];
    }
}
