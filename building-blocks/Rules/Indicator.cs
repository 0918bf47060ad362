using System.Text.Json.Serialization;

namespace Gengdu.Rules;

/// <summary>A figure of the province's chart; goes up the tree as sum of numerators over sum of denominators times <see cref="Factor"/>.</summary>
public sealed record Indicator
{
    /// <summary>Stable id, such as K03.</summary>
    public required string Id { get; init; }

    /// <summary>Key of the area of requirement.</summary>
    public required string Area { get; init; }

    /// <summary>Name people see.</summary>
    public required Text Name { get; init; }

    /// <summary>Unit of the figure.</summary>
    public Text? Unit { get; init; }

    /// <summary>ratio, share, dispersion (between schools, of their numerator by denominator) or timeliness, which analytics counts and has no expressions.</summary>
    public required string Kind { get; init; }

    /// <summary>CEL; false when the indicator says nothing about this school.</summary>
    public string? Applies { get; init; }

    /// <summary>CEL for the numerator.</summary>
    public string? Numerator { get; init; }

    /// <summary>CEL for the denominator.</summary>
    public string? Denominator { get; init; }

    /// <summary>1, 100 (per cent) or 10000.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>Decimals shown.</summary>
    public int Decimals { get; init; }

    /// <summary>What is aimed at.</summary>
    public IndicatorTarget? Target { get; init; }

    /// <summary>up, down or band.</summary>
    public required string Direction { get; init; }

    /// <summary>Lower and upper end when the direction is band.</summary>
    public IReadOnlyList<double>? Band { get; init; }

    /// <summary>Weight within the area.</summary>
    public double Weight { get; init; }

    /// <summary>Whether it is shown only and never rated.</summary>
    public bool Information { get; init; }

    /// <summary>What a missing value does: skip (the school has no figure) or zero.</summary>
    public string Missing { get; init; } = "skip";

    /// <summary>Why it is not computed yet; null when it is.</summary>
    public Text? Later { get; init; }

    /// <summary>Keys of the fields it reads, in order of first use.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> FieldsUsed { get; internal set; } = [];

    /// <summary>Keys of the modules that hold those fields.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> ModulesUsed { get; internal set; } = [];

    [JsonIgnore]
    internal CompiledIndicator? Compiled { get; set; }
}

/// <summary>A target: a value, or the county's median; source P (policy), B (benchmark) or O (our default).</summary>
public sealed record IndicatorTarget(double? Value = null, bool Median = false, string? Source = null);
