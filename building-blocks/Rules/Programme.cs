namespace Gengdu.Rules;

/// <summary>
/// What is supervised: forms, rules and indicators of one version of one programme, read and checked as a whole.
/// Immutable and safe to share between threads; every expression in it is already compiled.
/// </summary>
public sealed class Programme
{
    private readonly Dictionary<string, Module> _modules;
    private readonly Dictionary<string, (Module Module, Field Field)> _fields;

    internal Programme(ProgrammeHead head, IReadOnlyList<Module> modules, IndicatorFile indicators, string json)
    {
        Head = head;
        Modules = modules;
        Indicators = indicators.Indicators;
        IndicatorsVersion = indicators.Version;
        Json = json;
        _modules = modules.ToDictionary(module => module.Key, StringComparer.Ordinal);
        _fields = modules.SelectMany(module => module.Fields.Select(field => (module, field)))
            .ToDictionary(pair => pair.field.Key, pair => pair, StringComparer.Ordinal);
    }

    /// <summary>Stable key of the programme, the folder's name.</summary>
    public string Key => Head.Key;

    /// <summary>Version of the forms and rules; a published version never changes.</summary>
    public string Version => Head.Version;

    /// <summary>Name people see.</summary>
    public Text Name => Head.Name;

    /// <summary>Areas of requirement with their weight in the index.</summary>
    public IReadOnlyList<Area> Areas => Head.Areas;

    /// <summary>Every grade of the programme, youngest first.</summary>
    public IReadOnlyList<Grade> Grades => Head.Grades;

    /// <summary>School types with the grades they may have.</summary>
    public IReadOnlyList<SchoolType> SchoolTypes => Head.SchoolTypes;

    /// <summary>Keys of the modules a school fills in, in order.</summary>
    public IReadOnlyList<string> SchoolModules => Head.Modules;

    /// <summary>Keys of the modules county, city and province departments fill in.</summary>
    public IReadOnlyList<string> DepartmentModules => Head.DepartmentModules;

    /// <summary>Levels that review a school's report, first step first.</summary>
    public IReadOnlyList<string> ReviewChain => Head.Review.Chain;

    /// <summary>What an approver takes responsibility for.</summary>
    public Statement Statement => Head.Statement ?? Statement.Plain;

    /// <summary>Figures from registers that rules may compare with.</summary>
    public IReadOnlyList<MasterFigure> Master => Head.Master ?? [];

    /// <summary>What is noted of each school when a cycle opens.</summary>
    public Profile Profile => Head.Profile ?? Profile.None;

    /// <summary>Indicators that some rule compares with those of other schools, in the order of the file.</summary>
    public IReadOnlyList<Indicator> PeerMeasures => [.. Indicators.Where(indicator => Modules.Any(module => module.PeerMeasures.Contains(indicator.Id)))];

    /// <summary>All modules: the school's, then the departments'.</summary>
    public IReadOnlyList<Module> Modules { get; }

    /// <summary>All indicators in the order of the file.</summary>
    public IReadOnlyList<Indicator> Indicators { get; }

    /// <summary>Version of the formulas, part of every figure's passport.</summary>
    public string IndicatorsVersion { get; }

    /// <summary>The bundle {programme, modules, indicatorsVersion, indicators} this was read from: what events and the API carry.</summary>
    public string Json { get; }

    internal ProgrammeHead Head { get; }

    internal ValueLayout Layout { get; set; } = null!;

    /// <summary>The module with this key, or null.</summary>
    public Module? Module(string key) => _modules.GetValueOrDefault(key);

    /// <summary>The field with this key (unique in the programme), or null.</summary>
    public Field? Field(string key) => _fields.TryGetValue(key, out var found) ? found.Field : null;

    /// <summary>The module that holds this field, or null.</summary>
    public Module? ModuleOf(string fieldKey) => _fields.TryGetValue(fieldKey, out var found) ? found.Module : null;
}
