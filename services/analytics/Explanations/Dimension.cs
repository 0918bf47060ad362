using Gengdu.Rules;

namespace Gengdu.Analytics.Explanations;

/// <summary>A way to part schools into groups, by what the frozen roster says of them.</summary>
/// <param name="Key">As the API has it.</param>
/// <param name="Group">SQL for the group's key, over the node n, the school's row s and the roster's row r.</param>
/// <param name="Grades">Pairs "grade stage" for $5, where stages are the groups.</param>
internal sealed record Dimension(string Key, string Group, string[] Grades)
{
    /// <summary>Between the keys of a group of several dimensions: no key has it.</summary>
    public const char Between = '\u001f';

    // Several rows of a school with several stages; the first stands for it in the whole.
    private const string Stages = """
        left join lateral (
          select own.stage, row_number() over () as n from (select distinct split_part(pair, ' ', 2) as stage from unnest($5::text[]) pair where split_part(pair, ' ', 1) = any(r.grades)) own) g on true
        """;

    // Who supervises it: Dingzhou and Xinji, city and county at once, count as counties.
    private const string Levels = """
        left join lateral (
          select case when 'county' = any(x.level_roles) then 'county' when 'city' = any(x.level_roles) then 'city' else 'province' end as level
          from node_completeness c join organisations x on x.id = c.organisation_id where c.cycle_id = $1 and c.path = n.path limit 1) l on true
        """;

    /// <summary>Whether a school may be in several groups: then the groups are no parts of the whole.</summary>
    public bool Overlaps => Parts.Contains("stage");

    /// <summary>Whether groups are places, known by their path.</summary>
    public bool IsPlace => Key is "city" or "county";

    /// <summary>Whether groups have an order of their own, by the number their key begins with.</summary>
    public bool IsOrdered => Key == "size";

    public string Join => string.Concat(Parts.Select(part => part switch { "stage" => Stages, "level" => Levels, _ => "" }));

    public string First => Overlaps ? "coalesce(g.n, 1) = 1" : "true";

    private string[] Parts => Key.Split('+');

    /// <summary>
    /// Several at once: a group for each combination, known by their keys with <see cref="Between"/> between them. Places stay paths, and there are two
    /// more than a page of one number has: "state" (approved, waiting, or why there is no value) and "school".
    /// </summary>
    public static Dimension Across(IReadOnlyList<string> keys, Programme programme)
    {
        var each = keys.Select(key => key switch
        {
            "state" => new(key, "coalesce(s.reason, case when s.approved then 'approved' else 'waiting' end)", []),
            "school" => new(key, "s.organisation_id::text", []),
            _ => Of(key, programme)!,
        }).ToList();
        return new("+" + string.Join('+', keys), string.Join($" || chr({(int)Between}) || ", each.Select(one => $"coalesce({one.Group}, '')")), each.SelectMany(one => one.Grades).ToArray());
    }

    /// <summary>The dimension, or null when there is none of this name.</summary>
    public static Dimension? Of(string key, Programme programme) => key switch
    {
        // Paths are "/province/city/county/"; a county under the province and a school run by the province stand in the city's place.
        "city" => new(key, "case when split_part(n.path, '/', 3) = '' then n.path else '/' || split_part(n.path, '/', 2) || '/' || split_part(n.path, '/', 3) || '/' end", []),
        "county" => new(key, "n.path", []),
        "school-type" => new(key, "r.school_type", []),
        "urban-rural" => new(key, "r.urban_rural", []),
        "run-by" => new(key, "r.run_by", []),
        "level" => new(key, "l.level", []),
        "boarding" => new(key, "r.boarding", []),
        "size" => new(key, "r.size_class", []),
        "peers" => new(key, "r.school_type || ' ' || r.urban_rural", []),
        "approval" => new(key, "case when s.approved then 'approved' else 'waiting' end", []),
        "stage" => new(key, "g.stage", [.. programme.Grades.Select(grade => $"{grade.Key} {grade.Stage}")]),
        _ => null,
    };
}
