namespace Gengdu.System.Tests.Scope.World;

/// <summary>What a person's account or rights have become.</summary>
internal enum Standing
{
    /// <summary>Signed in with the rights named.</summary>
    InForce,

    /// <summary>Has rights on paper only: taken away, over, or not yet begun.</summary>
    NotInForce,

    /// <summary>Signed in, then disabled.</summary>
    Disabled,

    /// <summary>Another system with a token of its own.</summary>
    System,

    /// <summary>No token at all.</summary>
    Anonymous,
}

/// <summary>One role at one place.</summary>
internal sealed record Right(string Role, string Place)
{
    /// <summary>Reporters and approvers act for their own organisation alone.</summary>
    public bool IsOwn => Role is "reporter" or "approver";

    public bool Covers(string place) => IsOwn ? place == Place : Tree.IsWithin(place, Place);
}

/// <summary>Somebody who asks. The name says the rights: "county-reviewer@A1", "reporter@A1S1_approver@A2S1".</summary>
internal sealed record Identity(string Name, IReadOnlyList<Right> Rights, Standing Standing = Standing.InForce)
{
    /// <summary>May see what submitted reports say.</summary>
    public static readonly string[] Reviewers = ["county-reviewer", "city-supervisor", "province-owner"];

    /// <summary>Have a token that is good for nothing.</summary>
    public bool IsRefused => Standing is Standing.Disabled or Standing.Anonymous;

    /// <summary>Where this identity stands, for choosing whom it asks about.</summary>
    public IReadOnlyList<string> Places => Rights.Count == 0 ? ["A1"] : [.. Rights.Select(right => right.Place).Distinct()];

    private IEnumerable<Right> Effective => Standing == Standing.InForce ? Rights : [];

    public bool Has(params string[] roles) => Effective.Any(right => roles.Length == 0 || roles.Contains(right.Role));

    public bool Sees(string place) => Effective.Any(right => right.Covers(place));

    public bool May(string place, params string[] roles) => Effective.Any(right => roles.Contains(right.Role) && right.Covers(place));

    /// <summary>Has one of the roles at exactly this place.</summary>
    public bool Is(string place, params string[] roles) => Effective.Any(right => right.Place == place && roles.Contains(right.Role));

    /// <summary>Whether one of this identity's places lies in the subtree: the names of the places above one are no secret.</summary>
    public bool StandsWithin(string place) => Effective.Any(right => Tree.IsWithin(right.Place, place));

    public override string ToString() => Name;

    public static Identity Of(string name, Standing standing = Standing.InForce) =>
        new(standing == Standing.InForce ? name : $"{name}_{standing}", [.. name.Split('_').Select(part => part.Split('@')).Where(part => part.Length == 2).Select(part => new Right(part[0], part[1]))], standing);
}
