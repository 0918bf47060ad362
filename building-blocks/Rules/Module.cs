using System.Text.Json.Serialization;
using Gengdu.Rules.Cel;

namespace Gengdu.Rules;

/// <summary>One form of the programme with its rules; the unit of editing, signing and review.</summary>
public sealed record Module
{
    private CelShape? _earlierShape;

    /// <summary>Stable key, the file's name.</summary>
    public required string Key { get; init; }

    /// <summary>Number people know the module by.</summary>
    public required double Number { get; init; }

    /// <summary>Levels that fill this module in: school, county, city, province.</summary>
    public required IReadOnlyList<string> Levels { get; init; }

    /// <summary>Name people see.</summary>
    public required Text Name { get; init; }

    /// <summary>Explanation shown at the head of the form.</summary>
    public Text? Help { get; init; }

    /// <summary>Sections in order; every field is in exactly one.</summary>
    public required IReadOnlyList<Section> Sections { get; init; }

    /// <summary>Fields in order.</summary>
    public required IReadOnlyList<Field> Fields { get; init; }

    /// <summary>Rules in order of evaluation.</summary>
    public required IReadOnlyList<Rule> Rules { get; init; }

    /// <summary>Keys of other modules whose values this module's rules read.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> RelatedModules { get; internal set; } = [];

    /// <summary>Indicators whose figures among schools of the same kind its rules read.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> PeerMeasures { get; internal set; } = [];

    /// <summary>Fields of this module whose values at the central school its rules read.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> ParentFields { get; internal set; } = [];

    /// <summary>Names its rules use.</summary>
    [JsonIgnore]
    internal IReadOnlySet<string> Names { get; set; } = new HashSet<string>();

    /// <summary>What rules see as previous and parent: every field that says nothing about a person.</summary>
    [JsonIgnore]
    internal CelShape EarlierShape => _earlierShape ??= new CelShape(Fields.Where(one => !one.IsPersonal).Select(one => one.Key));

    /// <summary>The field of this module with this key, or null.</summary>
    public Field? Field(string key) => Fields.FirstOrDefault(field => field.Key == key);
}

/// <summary>A heading with the fields under it.</summary>
public sealed record Section(string Key, Text Name, IReadOnlyList<string> Fields, Text? Help = null);
