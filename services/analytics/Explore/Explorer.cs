using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Programmes;
using Gengdu.Organisations;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Analytics.Explore;

/// <summary>Answers a question with the rights of the caller it is given: of a request, or of somebody in whose name a view is sent.</summary>
internal sealed class Explorer(Database database, ProgrammeShelf programmes, CountedFacts counted, TimeProvider clock)
{
    /// <summary>What a page can show and a person can look over.</summary>
    public const int MostCells = 10_000;

    /// <summary>Named one by one in smaller places only: a pivot is for comparing, a list of thousands is an export.</summary>
    public const int MostSchools = 600;

    // Indicators times cycles by kinds of schools: each of them is a count of its own.
    private const int MostCounts = 24;

    // Below the statement's own limit; what was begun goes on and is kept for the next who asks.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Why the question has no answer for this caller, without making one; null when it has.</summary>
    public async Task<Problem?> RefuseAsync(ExploreQuestion question, Caller caller, CancellationToken cancellationToken)
    {
        if (Asked.Of(question) is not { } asked)
        {
            return AnalyticsProblems.NoLayout;
        }

        var (heads, refused) = await HeadsAsync(asked, caller, cancellationToken);
        return heads is null ? refused : Refuse(asked, heads);
    }

    public async Task<(ExploreResponse? Answer, Problem? Problem)> AnswerAsync(ExploreQuestion question, Caller caller, CancellationToken cancellationToken)
    {
        if (Asked.Of(question) is not { } asked)
        {
            return (null, AnalyticsProblems.NoLayout);
        }

        var (heads, refused) = await HeadsAsync(asked, caller, cancellationToken);
        if (heads is null)
        {
            return (null, refused);
        }

        if (Refuse(asked, heads) is { } impossible)
        {
            return (null, impossible);
        }

        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await ReadAsync(asked, heads, either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (null, AnalyticsProblems.StillCounting);
        }
    }

    /// <summary>The place in each of the cycles, if the caller may see what lies below it.</summary>
    private async Task<(List<CycleHead>? Heads, Problem? Problem)> HeadsAsync(Asked asked, Caller caller, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var heads = new List<CycleHead>();
        foreach (var cycleId in asked.Newest ? await NewestAsync(connection, cancellationToken) : asked.Cycles)
        {
            var (place, problem) = await DashboardHead.ReadNodeAsync(connection, programmes, caller, asked.Place, cycleId, cancellationToken);
            if (place is null)
            {
                return (null, problem);
            }

            // Whoever sees the totals alone, as a department's own people do, has no parts to lay out.
            if (!caller.Rights.Any(right => right.CoversSubtree && right.Covers(place.CyclePath)))
            {
                return (null, GeneralProblems.Forbidden);
            }

            heads.Add(await CycleHead.ReadAsync(connection, cycleId, place, asked.Indicators, cancellationToken));
        }

        return heads.Count == 0 ? (null, AnalyticsProblems.UnknownCycle) : ([.. heads.OrderBy(head => head.Start).ThenBy(head => head.Place.OpenedAt).ThenBy(head => head.Id)], null);
    }

    private static Problem? Refuse(Asked asked, List<CycleHead> heads)
    {
        var indicators = heads.SelectMany(head => head.Indicators).ToList();
        return indicators.Count == 0 ? AnalyticsProblems.UnknownIndicator
            : asked.ByPlaceAlone ? null
            : indicators.Any(indicator => indicator.Numerator is null || indicator.Kind == "dispersion") ? AnalyticsProblems.NotByKind
            : indicators.Count > MostCounts || (asked.Kinds.Contains(Asked.School) && heads.Any(head => head.Schools > MostSchools)) ? AnalyticsProblems.TooMuchAsked
            : null;
    }

    private async Task<(ExploreResponse? Answer, Problem? Problem)> ReadAsync(Asked asked, List<CycleHead> heads, CancellationToken cancellationToken)
    {
        var (facts, behind, asOf) = (new List<Fact>(), false, (DateTimeOffset?)null);
        foreach (var head in heads)
        {
            if (asked.ByPlaceAlone)
            {
                await using var connection = await database.OpenConnectionAsync(cancellationToken);
                facts.AddRange(await RolledUpFacts.ReadAsync(connection, head.Place, head.Id, head.Indicators, asked.Kinds, cancellationToken));
                asOf = asOf is null || head.AsOf > asOf ? head.AsOf ?? asOf : asOf;
            }
            else
            {
                var (some, old, newest) = await counted.ReadAsync(head.Place, head.Id, head.Indicators, asked.Kinds, cancellationToken);
                facts.AddRange(some);
                (behind, asOf) = (behind || old, asOf is null || newest > asOf ? newest ?? asOf : asOf);
            }
        }

        var members = await Members.ReadAsync(database, asked, heads, facts, cancellationToken);
        var shown = members.Named(facts).Where(fact => asked.Where.All(filter => filter.Value.Contains(fact.Keys[filter.Key])));
        var pivot = Pivot.Lay(shown, asked.Rows, asked.Columns, members.PlaceOf);
        return pivot.Rows.Count * pivot.Columns.Count > MostCells
            ? (null, AnalyticsProblems.TooMuchAsked)
            : (Compose(asked, heads, members, pivot, asOf, behind), null);
    }

    private static ExploreResponse Compose(Asked asked, List<CycleHead> heads, Members members, Pivot pivot, DateTimeOffset? asOf, bool behind)
    {
        HeadingResponse Said(Heading heading) => new(heading.Keys, heading.Total);
        ExploreCellResponse? CellAt(int row, int column) =>
            pivot.Cells.TryGetValue((row, column), out var sums) && DefinitionAt(asked, heads, pivot.Rows[row], pivot.Columns[column]) is { } indicator ? Cell(indicator, sums) : null;
        return new(
            heads[^1].Place.Organisation, asked.Rows, asked.Columns, members.Shown(pivot), [.. pivot.Rows.Select(Said)], [.. pivot.Columns.Select(Said)],
            [.. Enumerable.Range(0, pivot.Rows.Count).Select(row => (IReadOnlyList<ExploreCellResponse?>)[.. Enumerable.Range(0, pivot.Columns.Count).Select(column => CellAt(row, column))])],
            asOf, behind, [.. heads.Select(head => head.Place.Formulas.Programme.IndicatorsVersion)]);
    }

    // By the formula of its own cycle.
    private static Indicator? DefinitionAt(Asked asked, List<CycleHead> heads, Heading row, Heading column)
    {
        string? On(string dimension) => asked.Rows.Select((name, at) => name == dimension ? row.Keys[at] : null).Concat(asked.Columns.Select((name, at) => name == dimension ? column.Keys[at] : null))
            .FirstOrDefault(key => key is not null);
        var (cycle, id) = (On(Asked.Cycle), On(Asked.Indicator) ?? asked.Indicators[0]);
        return heads.First(head => cycle is null || head.Id.ToString() == cycle).Indicators.FirstOrDefault(indicator => indicator.Id == id);
    }

    private static ExploreCellResponse Cell(Indicator indicator, Sums sums)
    {
        var measured = new Measured(sums.Due > 0, sums.Reported > 0 ? sums.Numerator : null, sums.Reported > 0 ? sums.Denominator : null, indicator.Target?.Value);
        return new(Rating.Shown(indicator, measured), Rating.Light(indicator, measured), measured.Numerator, measured.Denominator, sums.Due, sums.Reported, sums.Approved);
    }

    private static async Task<IReadOnlyList<Guid>> NewestAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select id from cycles order by period_start desc, opened_at desc, id desc limit 1", connection) { CommandTimeout = Budgets.StatementSeconds };
        return await command.ExecuteScalarAsync(cancellationToken) is Guid id ? [id] : [];
    }
}
