using System.Text.Json.Serialization;

namespace Gengdu.Rules;

/// <summary>One thing a form asks for: a single value, one value a grade (<see cref="Per"/>), or rows of <see cref="Columns"/>.</summary>
public sealed record Field
{
    /// <summary>Key, unique in the whole programme; the name rules use.</summary>
    public required string Key { get; init; }

    /// <summary>Number people know the field by, such as 1.08.</summary>
    public string? Number { get; init; }

    /// <summary>Name people see.</summary>
    public required Text Name { get; init; }

    /// <summary>integer, decimal, boolean, choice, choices, text, date or rows.</summary>
    public required string Type { get; init; }

    /// <summary>Unit of the number.</summary>
    public Text? Unit { get; init; }

    /// <summary>Smallest value allowed.</summary>
    public double? Min { get; init; }

    /// <summary>Largest value allowed.</summary>
    public double? Max { get; init; }

    /// <summary>Values are <see cref="Min"/> (or 0) plus a multiple of this.</summary>
    public double? Step { get; init; }

    /// <summary>Longest text in UTF-16 units.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Regular expression the text must match (the subset both sides share; anchor it with ^ and $).</summary>
    public string? Pattern { get; init; }

    /// <summary>Options of a choice.</summary>
    public IReadOnlyList<Option>? Options { get; init; }

    /// <summary>"grade" when the field asks for one value a grade.</summary>
    public string? Per { get; init; }

    /// <summary>Grades the field is asked for; all when absent.</summary>
    public IReadOnlyList<string>? Grades { get; init; }

    /// <summary>Whether a module report without it can't be completed.</summary>
    public bool Required { get; init; }

    /// <summary>public, internal, personal or sensitive; drives masking, export and what events carry.</summary>
    public string DataClass { get; init; } = "public";

    /// <summary>Who fills it in: SYS, MD, TA, HR, FA, SF.</summary>
    public string? By { get; init; }

    /// <summary>What time it is about: P (point), S (semester), Y (school year), FY (fiscal year).</summary>
    public string? When { get; init; }

    /// <summary>Whether files may be attached.</summary>
    public bool Evidence { get; init; }

    /// <summary>Where the value comes from when it is known already, such as organisation.code; "previous" offers that of the last cycle.</summary>
    public string? Prefill { get; init; }

    /// <summary>Whether only the system sets it.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>CEL: the field is asked for only when true.</summary>
    public string? ShowIf { get; init; }

    /// <summary>Columns of a field of type rows.</summary>
    public IReadOnlyList<Field>? Columns { get; init; }

    /// <summary>Most rows allowed.</summary>
    public int? MaxRows { get; init; }

    /// <summary>Explanation shown at the field.</summary>
    public Text? Help { get; init; }

    /// <summary>Whether the field asks for one value a grade.</summary>
    [JsonIgnore]
    public bool IsMatrix => Per is not null;

    /// <summary>Whether values are numbers.</summary>
    [JsonIgnore]
    public bool IsNumber => Type is "integer" or "decimal";

    /// <summary>Whether its values say something about a person: they stay in reporting, and only some may read them there.</summary>
    [JsonIgnore]
    public bool IsPersonal => DataClass is "personal" or "sensitive";

    /// <summary>Whether the field or one of its columns is personal.</summary>
    [JsonIgnore]
    public bool HasPersonalPart => IsPersonal || Columns?.Any(column => column.IsPersonal) == true;

    [JsonIgnore]
    internal FieldChecker Checker { get; set; } = null!;
}

/// <summary>One answer of a choice.</summary>
public sealed record Option(string Key, Text Name);
