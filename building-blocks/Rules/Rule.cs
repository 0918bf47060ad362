using System.Text.Json.Serialization;

namespace Gengdu.Rules;

/// <summary>Something that must hold between values; the expression is true when all is well.</summary>
public sealed record Rule
{
    /// <summary>Stable id, such as E03, unique in the programme.</summary>
    public required string Id { get; init; }

    /// <summary>error (blocks completion), warning (asks for an explanation) or info.</summary>
    public required string Severity { get; init; }

    /// <summary>CEL; true means fine.</summary>
    public required string Expr { get; init; }

    /// <summary>CEL; the rule is looked at only when true.</summary>
    public string? When { get; init; }

    /// <summary>"grade", "row:field", "number" or "text" when the rule is evaluated once a grade, a row, a number or a text of its module.</summary>
    public string? Each { get; init; }

    /// <summary>What a missing value does: skip, zero or run.</summary>
    public string Missing { get; init; } = "skip";

    /// <summary>Cell addresses the result points at; {g}, {row} and {cell} stand for the grade's key, the row's id and the address of the number or text.</summary>
    public required IReadOnlyList<string> At { get; init; }

    /// <summary>CEL for the numbers in the message, by placeholder.</summary>
    public IReadOnlyDictionary<string, string>? Values { get; init; }

    /// <summary>What is wrong, the numbers, what to do.</summary>
    public required Text Message { get; init; }

    /// <summary>Keys of the fields the rule reads, in order of first use.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Fields { get; internal set; } = [];

    [JsonIgnore]
    internal CompiledRule Compiled { get; set; } = null!;
}

/// <summary>
/// Something to correct or explain. <see cref="Rule"/> is the rule's id or "field:" and the check's name;
/// <see cref="Severity"/> is error, warning, info, or broken when the expression itself failed (a bug in the pack).
/// </summary>
public sealed record RuleResult(string Rule, string Severity, IReadOnlyList<string> At, Text Message);
