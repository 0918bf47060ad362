namespace Gengdu.System.Tests.Scope.World;

/// <summary>An organisation as somebody's target: what belongs to it, by the state it stands in.</summary>
internal sealed class Owner(string place)
{
    private readonly Dictionary<string, OwnedModule> _modules = [];

    public string Place => place;

    public string Level => Tree.Level(place);

    public string Code => Tree.Code(place);

    public Guid Id { get; set; }

    public Guid ReportId { get; set; }

    /// <summary>An account there that nobody in the tests uses, and its only right.</summary>
    public Guid PersonId { get; set; }

    public Guid AssignmentId { get; set; }

    /// <summary>A colleague's right that can be delegated, and a delegation of it to the first.</summary>
    public Guid HolderAssignmentId { get; set; }

    public Guid DelegationId { get; set; }

    /// <summary>What its county urged it about; none where nothing was filled in.</summary>
    public Guid UrgeId { get; set; }

    /// <summary>Of a county: what the city draws from it, and the county's sending up.</summary>
    public Guid SampleId { get; set; }

    public Guid DispatchId { get; set; }

    public OwnedModule Draft => Of("basic-information");

    /// <summary>Filled in and free of errors, but not marked complete.</summary>
    public OwnedModule Ready => Of("curriculum");

    public OwnedModule Complete => Of("safety");

    /// <summary>Complete too: for signing.</summary>
    public OwnedModule Signable => Of("evaluation");

    public OwnedModule Submitted => Of("overall-plan");

    /// <summary>Submitted too: for returning.</summary>
    public OwnedModule Returnable => Of("teaching-staff");

    public OwnedModule Returned => Of("collaboration");

    public OwnedModule Approved => Of("practice-places");

    public OwnedModule Accepted => Of("supervision-results");

    public IEnumerable<OwnedModule> Modules => _modules.Values;

    /// <summary>An owner of whom nothing exists: ids that nobody has.</summary>
    public static Owner Nothing(string place)
    {
        var nothing = new Owner(place) { Id = NewId(), ReportId = NewId(), PersonId = NewId(), AssignmentId = NewId(), HolderAssignmentId = NewId(), DelegationId = NewId(), UrgeId = NewId(), SampleId = NewId(), DispatchId = NewId() };
        nothing.Add("nothing", new(NewId(), "nothing") { ReviewId = NewId() });
        return nothing;
    }

    public void Add(string key, OwnedModule module) => _modules[key] = module;

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    // A department has one form, which stands for each.
    private OwnedModule Of(string key) => _modules.TryGetValue(key, out var module) ? module : _modules.Values.First();
}

internal sealed class OwnedModule(Guid id, string key)
{
    public Guid Id => id;

    public string Key => key;

    public string State { get; set; } = "not-started";

    public long Version { get; set; }

    public int Revision { get; set; }

    public Guid ReviewId { get; set; }
}
