using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Programmes;
using Gengdu.Audit;
using Gengdu.Contracts.Analytics.V1;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gengdu.Analytics.Publications;

/// <summary>Which draft is said to the world.</summary>
public sealed record PublishFiguresRequest(Guid DraftId);

internal static class PublishFigures
{
    private const string Find = "select cycle_id from publication_drafts where id = $1";

    // The draft's state and the publication change together: nobody publishes one twice, or one that is thrown away at this moment.
    private const string Publish = """
        with ready as (update publication_drafts set state = 'published' where id = $1 and state = 'checked' returning *)
        insert into publications (cycle_id, number, published_at, published_by, programme_version, formula_version, final, due, submitted, accepted,
          figures_hash, open_hash, reason_zh, reason_en, drafted_by, checked_by)
        select cycle_id, number, $2, $3, programme_version, formula_version, final, due, submitted, accepted, figures_hash, open_hash, reason_zh, reason_en, drafted_by, checked_by from ready
        returning number, programme_version, formula_version, final, due, submitted, accepted, figures_hash, open_hash, reason_zh, reason_en
        """;

    /// <summary>Says the very copy to the world that was drafted and checked, if it still is what it was.</summary>
    public static async Task<Results<Created<PublicationResponse>, ProblemHttpResult>> HandleAsync(
        PublishFiguresRequest request, Caller caller, Database database, ProgrammeShelf programmes, OutboxSignal outbox, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!CheckPublication.MayPublish(caller))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        // The province's own right was looked at above; figures of all nodes are published, those right above its schools included.
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await CycleOfAsync(connection, request.DraftId, cancellationToken) is not { } cycleId)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (await CycleFacts.FindAsync(connection, programmes, cycleId, cancellationToken) is not { } cycle)
        {
            return AnalyticsProblems.NotReady.ToHttpResult();
        }

        // Figures that were found to be others than the revisions say are not told to the world.
        if (await CheckPublication.ComparedAsync(connection, cycleId, cancellationToken) is { Alarming: true })
        {
            return AnalyticsProblems.FiguresDiffer.ToHttpResult();
        }

        var now = clock.GetUtcNow();
        if (await PublishAsync(connection, request.DraftId, cycleId, caller, now, cancellationToken) is not { } published)
        {
            return AnalyticsProblems.NotChecked.ToHttpResult();
        }

        var (hash, rows) = await FigureCopy.HashAsync(connection, cycleId, published.Number, cancellationToken);
        var (openHash, zh, en) = await OpenFileAsync(connection, cycleId, published.Number, cancellationToken);
        if (hash != published.FiguresHash || openHash != published.OpenHash)
        {
            return AnalyticsProblems.CopyChanged.ToHttpResult();
        }

        var act = AuditAct.Of(caller, "figures.published", cycleId, caller.SubtreePaths()[0], new { published.Number, published.FiguresHash, published.OpenHash }) with { Rows = rows };
        await AuditPending.InsertAsync(connection, [AuditPending.For(act, now)], cancellationToken);
        await TellAsync(connection, ToFiguresPublished(published, cycle, caller.PersonId, rows) with { CycleZh = zh, CycleEn = en }, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
        return TypedResults.Created($"/api/analytics/publications?cycleId={cycleId}", published);
    }

    private static FiguresPublished ToFiguresPublished(PublicationResponse publication, CycleFacts cycle, Guid by, int figures) => new()
    {
        CycleId = publication.CycleId,
        Number = publication.Number,
        ProgrammeKey = cycle.Formulas.Programme.Key,
        ProgrammeVersion = publication.ProgrammeVersion,
        FormulaVersion = publication.FormulaVersion,
        Final = publication.Final,
        Due = publication.Due,
        Submitted = publication.Submitted,
        Accepted = publication.Accepted,
        Figures = figures,
        OpenHash = publication.OpenHash,
        PublishedBy = by,
        PublishedAt = publication.PublishedAt,
    };

    private static async Task TellAsync(NpgsqlConnection connection, FiguresPublished published, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var message = OutboxMessage.For(published, now);
        await using var command = new NpgsqlCommand("insert into outbox_messages (id, type, body, trace_parent, not_before, attempts) values ($1, $2, $3, $4, $5, 0)", connection)
        {
            Parameters =
            {
                new() { Value = message.Id }, new() { Value = message.Type }, new() { Value = message.Body },
                new() { Value = (object?)message.TraceParent ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text }, new() { Value = message.NotBefore },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<Guid?> CycleOfAsync(NpgsqlConnection connection, Guid draftId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Find, connection) { Parameters = { new() { Value = draftId } } };
        return await command.ExecuteScalarAsync(cancellationToken) as Guid?;
    }

    private static async Task<(string? Hash, string? Zh, string? En)> OpenFileAsync(NpgsqlConnection connection, Guid cycleId, int number, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            select encode(sha256(e.csv), 'hex'), c.name_zh, c.name_en from open_editions e join cycles c on c.id = e.cycle_id where e.cycle_id = $1 and e.number = $2
            """, connection) { Parameters = { new() { Value = cycleId }, new() { Value = number } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetString(0), reader.GetString(1), reader.GetString(2)) : (null, null, null);
    }

    private static async Task<PublicationResponse?> PublishAsync(NpgsqlConnection connection, Guid draftId, Guid cycleId, Caller caller, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Publish, connection) { Parameters = { new() { Value = draftId }, new() { Value = now }, new() { Value = caller.PersonId } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(cycleId, reader.GetInt32(0), now, reader.GetString(1), reader.GetString(2), reader.GetBoolean(3), reader.GetInt32(4), reader.GetInt32(5), reader.GetInt32(6),
                reader.GetString(7), reader.GetString(8), reader.IsDBNull(9) ? null : reader.GetString(9), reader.IsDBNull(10) ? null : reader.GetString(10))
            : null;
    }
}
