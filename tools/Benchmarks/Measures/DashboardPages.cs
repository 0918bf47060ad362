using Gengdu.Benchmarks.Setup;

namespace Gengdu.Benchmarks.Measures;

/// <param name="Name">Of the question.</param>
/// <param name="Address">The page, asked for the n-th time.</param>
/// <param name="Sql">The least that could answer it, straight from the database, as its superuser: no gateway, no token, no rights, no JSON, no audit.</param>
internal sealed record DashboardPage(string Name, Func<int, string> Address, Func<int, string> Sql);

/// <summary>What people ask the dashboards of one set of generated places; ever another place, indicator and cycle.</summary>
internal sealed class DashboardPages(IReadOnlyList<Guid> cycles, Guid root, Guid[] cities, Guid[] counties, Guid[] schools, string[] indicators)
{
    /// <summary>How many groups of the whole people look at; each has to be counted once.</summary>
    public const int Asked = 24;

    public const string Whole = "the whole by kinds of schools, with spread";

    public const string Boxes = "three numbers of the whole as boxes by city";

    private static readonly string[] Groupings = ["school-type", "urban-rural", "run-by", "peers", "approval", "stage"];

    private const string Node = "select * from analytics.node_figures where cycle_id = '{0}' and path = (select path from analytics.organisations where id = '{1}')";
    private const string Below = "select * from analytics.node_figures where cycle_id = '{0}' and parent_path = (select path from analytics.organisations where id = '{1}')";
    private const string SchoolsBelow = "select * from analytics.school_indicators where cycle_id = '{0}' and node_path = (select path from analytics.organisations where id = '{1}')";

    // What a breakdown is without a roll-up of its own: every school below, by its kind.
    private const string Groups = """
        select r.school_type, sum(s.numerator), sum(s.denominator), count(*), percentile_cont(array[0, 0.25, 0.5, 0.75, 1]) within group (order by (s.numerator / nullif(s.denominator, 0))::float8)
        from analytics.school_indicators s join analytics.roster_entries r on r.cycle_id = s.cycle_id and r.organisation_id = s.organisation_id
        where s.cycle_id = '{0}' and s.indicator = '{2}' and s.node_path ^@ (select path from analytics.organisations where id = '{1}') group by r.school_type
        """;

    private const string LeftOut = """
        select * from analytics.school_indicators where cycle_id = '{0}' and indicator = '{2}' and path ^@ (select path from analytics.organisations where id = '{1}')
          and reason in ('missing', 'not-submitted', 'broken') order by path limit 50
        """;

    private const string Series = """
        select f.* from analytics.cycles c join analytics.node_figures f on f.cycle_id = c.id and f.indicator = '{2}' and f.path = (select path from analytics.organisations where id = '{1}')
        """;

    private const string Points = """
        select s.organisation_id, s.numerator, s.denominator from analytics.school_indicators s
        where s.cycle_id = '{0}' and s.indicator in ('K03', 'K27') and s.node_path ^@ (select path from analytics.organisations where id = '{1}')
        """;

    public IReadOnlyList<DashboardPage> All =>
    [
        new("a county", n => Place(n, counties), n => Sql($"{Node}; {SchoolsBelow}", n, counties)),
        new("a city", n => Place(n, cities), n => Sql($"{Node}; {Below}", n, cities)),
        new("the whole", n => Place(n, [root]), n => Sql($"{Node}; {Below}", n, [root])),
        new("a school", n => $"dashboards/schools/{Of(n, schools)}?cycleId={Cycle(n)}", n => $"select * from analytics.school_indicators where cycle_id = '{Cycle(n)}' and node_path = (select node_path from analytics.roster_entries where cycle_id = '{Cycle(n)}' and organisation_id = '{Of(n, schools)}') and organisation_id = '{Of(n, schools)}'"),
        new("a number of the whole, explained", n => Figure(n, [root]), n => Sql($"{Node} and indicator = '{{2}}'; {Below} and indicator = '{{2}}'", n, [root])),
        new("who is left out of a number of the whole, first page", n => Figure(n, [root], "/schools", "&left=out"), n => Sql(LeftOut, n, [root])),
        new("the index of the whole, taken apart", n => $"figures/index?organisationId={root}&cycleId={Cycle(n)}", n => Sql(Node, n, [root])),
        new(Whole, n => Figure(n % Asked, [root], "/breakdown", $"&by={Groupings[n % Asked % Groupings.Length]}"), n => Sql(Groups, n, [root])),
        new("a county by kinds of schools, with spread", n => Figure(n, counties, "/breakdown", $"&by={Groupings[n % Groupings.Length]}"), n => Sql(Groups, n, counties)),
        new("a number of the whole over the cycles", n => Figure(n, [root], "/series"), n => Sql(Series, n, [root])),
        new("the whole as a matrix of places and indicators", n => $"comparisons/{root}/matrix?cycleId={Cycle(n)}", n => Sql($"{Node}; {Below}", n, [root])),
        new("a county as a matrix of schools and indicators", n => $"comparisons/{Of(n, counties)}/matrix?cycleId={Cycle(n)}", n => Sql($"{Node}; {SchoolsBelow}", n, counties)),
        new(Boxes, n => $"comparisons/{root}/spreads?cycleId={Cycle(n)}&indicators=K03,K22,K27&by=city", n => Sql(Groups, n, [root])),
        new("the schools of a city as points of two numbers", n => $"comparisons/{Of(n, cities)}/scatter?cycleId={Cycle(n)}&x=K03&y=K27", n => Sql(Points, n, cities)),
        new("a number of a county's schools over the cycles", n => $"comparisons/{Of(n, counties)}/sparklines?cycleId={Cycle(n)}&indicator={indicators[n % indicators.Length]}", n => Sql($"{SchoolsBelow} and indicator = '{{2}}'", n, counties)),
    ];

    /// <summary>All counties, one indicator: the answer grows with the counties it names.</summary>
    public DashboardPage Counties => new("the whole by county", n => Figure(n % Asked, [root], "/breakdown", "&by=county"), n => Sql(Below, n, [root]));

    private Guid Cycle(int n) => cycles[n % cycles.Count];

    private static Guid Of(int n, Guid[] places) => places[(int)((long)n * 7919 % places.Length)];

    private string Place(int n, Guid[] places) => $"dashboards/nodes/{Of(n, places)}?cycleId={Cycle(n)}";

    private string Figure(int n, Guid[] places, string what = "", string query = "") => $"figures/{indicators[n % indicators.Length]}{what}?organisationId={Of(n, places)}&cycleId={Cycle(n)}{query}";

    private string Sql(string sql, int n, Guid[] places) => string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, Cycle(n), Of(n, places), indicators[n % indicators.Length]);
}
