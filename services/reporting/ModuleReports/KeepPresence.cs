using Gengdu.Organisations;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gengdu.Reporting.ModuleReports;

/// <param name="Name">How the person is called by colleagues.</param>
internal sealed record KeepPresenceRequest(string Name);

/// <param name="People">Who has the module open at this moment, the caller included.</param>
/// <param name="Version">The module's present version: a page that holds an older one reads again.</param>
/// <param name="State">Its present state.</param>
internal sealed record PresenceResponse(IReadOnlyList<PresentPerson> People, long Version, ModuleReportState State);

/// <summary>
/// A page says that it is still open and hears who else is there. Not audited: nothing is changed or shown that the report's own
/// page did not show already, and three entries a minute for each open page would bury the others.
/// </summary>
internal static class KeepPresence
{
    private const string Sql = """
        with here as (
          insert into presences (module_report_id, person_id, name, seen_at) values ($1, $2, $3, $4)
          on conflict (module_report_id, person_id) do update set name = excluded.name, seen_at = excluded.seen_at
          returning module_report_id, person_id, name, seen_at)
        select module_report_id, person_id, name, seen_at from here
        union all
        select module_report_id, person_id, name, seen_at from presences where module_report_id = $1 and person_id <> $2 and seen_at > $5
        """;

    public static async Task<Results<Ok<PresenceResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, KeepPresenceRequest request, Caller caller, Database database, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        if (await PresentModule.FindAsync(connection, id, cancellationToken) is not { } module || !caller.SeesReport(module.OrganisationId, module.OrganisationPath))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (!caller.Owns(module.OrganisationId, Roles.Reporter, Roles.Approver))
        {
            return ModuleReportProblems.NotReporter.ToHttpResult();
        }

        var name = new string([.. request.Name.Trim().Where(c => !char.IsControl(c))]);
        if (name.Length > Presence.MaxName)
        {
            return GeneralProblems.Invalid(new FieldError("name", "length", new($"姓名最多 {Presence.MaxName} 字", $"A name has at most {Presence.MaxName} characters"))).ToHttpResult();
        }

        var now = clock.GetUtcNow();
        await using var command = new NpgsqlCommand(Sql, connection) { CommandTimeout = Budgets.StatementSeconds };
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(caller.PersonId);
        command.Parameters.AddWithValue(name);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(now - Presence.Believed);
        var people = new List<PresentPerson>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            people.Add(new(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3), row.GetGuid(1) == caller.PersonId));
        }

        return TypedResults.Ok(new PresenceResponse(people, module.Version, module.State));
    }
}

/// <summary>Whose module it is and how far it got, without its values.</summary>
internal sealed record PresentModule(Guid OrganisationId, string OrganisationPath, long Version, ModuleReportState State)
{
    public static async Task<PresentModule?> FindAsync(NpgsqlConnection connection, Guid id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select organisation_id, organisation_path, version, state from module_reports where id = $1", connection) { CommandTimeout = Budgets.StatementSeconds };
        command.Parameters.AddWithValue(id);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? new(row.GetGuid(0), row.GetString(1), row.GetInt64(2), ModuleReportStateText.Parse(row.GetString(3))) : null;
    }
}
