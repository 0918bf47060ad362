using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Data;
using Gengdu.Analytics.OpenFigures;
using Gengdu.Analytics.Programmes;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Analytics.Publications;

/// <summary>Which cycle's figures are to be published.</summary>
/// <param name="ReasonZh">Why published figures are corrected: needed from the second publication on, and told to everybody; at most 500 characters.</param>
/// <param name="ReasonEn">The same in English.</param>
public sealed record DraftFiguresRequest(Guid CycleId, string? ReasonZh = null, string? ReasonEn = null);

internal static class DraftFigures
{
    private const string Standing = """
        select coalesce((select max(number) from publications where cycle_id = $1), 0) + 1, exists (select 1 from cycle_closings where cycle_id = $1) and n.accepted = n.submitted, n.due, n.submitted, n.accepted,
          exists (select 1 from publication_drafts where cycle_id = $1 and state in ('drafted', 'checked'))
        from node_completeness n where n.cycle_id = $1 and n.parent_path = '/'
        """;

    /// <summary>
    /// Copies every figure of every place as it is at this moment, and makes of the copy what everybody will see. Nothing is told yet. The
    /// cycle may still be open: then the publication will be called provisional.
    /// </summary>
    public static async Task<Results<Created<PublicationDraftResponse>, ProblemHttpResult>> HandleAsync(
        DraftFiguresRequest request, Caller caller, Database database, ProgrammeShelf programmes, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!CheckPublication.MayPublish(caller))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        // The province's own right was looked at above; figures of all nodes are copied, those right above its schools included.
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await CycleLock.TakeAsync(connection, [request.CycleId], cancellationToken);
        if (!await KnownAsync(connection, request.CycleId, cancellationToken))
        {
            return AnalyticsProblems.UnknownCycle.ToHttpResult();
        }

        if (await CycleFacts.FindAsync(connection, programmes, request.CycleId, cancellationToken) is not { } cycle || await StandingAsync(connection, request.CycleId, cancellationToken) is not { } standing)
        {
            return AnalyticsProblems.NotReady.ToHttpResult();
        }

        // Figures that were found to be others than the revisions say are not told to the world.
        var problem = await CheckPublication.ComparedAsync(connection, request.CycleId, cancellationToken) is { Alarming: true } ? AnalyticsProblems.FiguresDiffer
            : standing.Pending ? AnalyticsProblems.DraftPending
            : ReasonIsMissing(request, standing.Number) ? AnalyticsProblems.ReasonMissing : null;
        if (problem is not null)
        {
            return problem.ToHttpResult();
        }

        var draft = await CopyAsync(transaction, request, caller, cycle, standing, clock.GetUtcNow(), cancellationToken);
        var act = AuditAct.Of(caller, "figures.drafted", request.CycleId, caller.SubtreePaths()[0], new { draft.Id, draft.Number, draft.FiguresHash, draft.OpenHash }) with { Rows = draft.Figures };
        await AuditPending.InsertAsync(connection, [AuditPending.For(act, draft.DraftedAt)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Created($"/api/analytics/publications/drafts?cycleId={request.CycleId}", PublicationDraftResponse.Of(draft, caller));
    }

    private static bool ReasonIsMissing(DraftFiguresRequest request, int number) =>
        (number > 1 && string.IsNullOrWhiteSpace(request.ReasonZh)) || request.ReasonZh?.Length > PublicationDraft.LongestReason || request.ReasonEn?.Length > PublicationDraft.LongestReason;

    private static async Task<PublicationDraft> CopyAsync(
        NpgsqlTransaction transaction, DraftFiguresRequest request, Caller caller, CycleFacts cycle, StandingRow standing, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var connection = transaction.Connection!;
        var programme = cycle.Formulas.Programme;
        await FigureCopy.MakeAsync(connection, cycle.Id, standing.Number, [.. programme.Indicators.Where(indicator => indicator.Kind == "timeliness").Select(indicator => indicator.Id)], cancellationToken);
        var (hash, figures) = await FigureCopy.HashAsync(connection, cycle.Id, standing.Number, cancellationToken);
        var draft = new PublicationDraft
        {
            Id = Guid.CreateVersion7(now),
            CycleId = cycle.Id,
            Number = standing.Number,
            State = PublicationDraft.Drafted,
            ProgrammeVersion = programme.Version,
            FormulaVersion = programme.IndicatorsVersion,
            Final = standing.Final,
            Due = standing.Due,
            Submitted = standing.Submitted,
            Accepted = standing.Accepted,
            Figures = figures,
            FiguresHash = hash,
            OpenHash = await EditionWriter.WriteAsync(connection, cycle, standing.Number, standing.Final, cancellationToken),
            ReasonZh = Text(request.ReasonZh),
            ReasonEn = Text(request.ReasonEn),
            DraftedBy = caller.PersonId,
            DraftedAt = now,
        };
        await using var db = new AnalyticsDbContext(new DbContextOptionsBuilder<AnalyticsDbContext>().UseNpgsql(connection).Options);
        await db.Database.UseTransactionAsync(transaction, cancellationToken);
        db.Add(draft);
        await db.SaveChangesAsync(cancellationToken);
        return draft;
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static async Task<bool> KnownAsync(NpgsqlConnection connection, Guid cycleId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select exists (select 1 from cycles where id = $1)", connection) { Parameters = { new() { Value = cycleId } } };
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private static async Task<StandingRow?> StandingAsync(NpgsqlConnection connection, Guid cycleId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Standing, connection) { Parameters = { new() { Value = cycleId } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(reader.GetInt32(0), reader.GetBoolean(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetInt32(4), reader.GetBoolean(5)) : null;
    }

    private sealed record StandingRow(int Number, bool Final, int Due, int Submitted, int Accepted, bool Pending);
}
