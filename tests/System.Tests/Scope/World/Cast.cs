namespace Gengdu.System.Tests.Scope.World;

/// <summary>Everybody who asks.</summary>
internal static class Cast
{
    // Given by the first of their own kind, and by nobody else.
    private static readonly string[] Security = ["security-administrator@P", "security-administrator@A", "security-administrator@A1"];
    private static readonly string[] Auditors = ["auditor@P", "auditor@A", "auditor@A1", "auditor@B1"];

    private static readonly string[] Named =
    [
        "province-owner@P", "reporter@P", "approver@P", "administrator@P",
        "city-supervisor@A", "city-supervisor@B", "city-supervisor@C", "administrator@A", "administrator@B", "reporter@A", "approver@A", "reporter@B",
        .. Tree.Counties.Select(county => $"county-reviewer@{county}"),
        "administrator@A1", "administrator@A2", "administrator@B1", "reporter@A1", "approver@A1", "reporter@A2", "approver@B1",
        "reporter@A1S1", "approver@A1S1", "administrator@A1S1", "reporter@A1S2", "approver@A1S2", "reporter@A2S1", "approver@A2S1",
        "reporter@B1S1", "approver@B1S1", "reporter@C1S1", "approver@C1S1", "reporter@A1S4", "approver@A1S4",
        .. Security, .. Auditors,
        "county-reviewer@A1_county-reviewer@B1", "reporter@A1S1_approver@A2S1", "city-supervisor@A_reporter@B1S1",
    ];

    public static readonly Identity Nobody = new("nobody", []);
    public static readonly Identity System = new("city-system", [], Standing.System);
    public static readonly Identity Anonymous = new("anonymous", [], Standing.Anonymous);

    /// <summary>With the rights their names say.</summary>
    public static readonly IReadOnlyList<Identity> InForce = [.. Named.Select(name => Identity.Of(name))];

    /// <summary>Rights taken away, over since yesterday, and of tomorrow; and somebody who was shut out.</summary>
    public static readonly IReadOnlyList<Identity> Spent =
    [
        Identity.Of("county-reviewer@A1", Standing.NotInForce), Identity.Of("reporter@A1S1", Standing.NotInForce), Identity.Of("city-supervisor@A", Standing.NotInForce),
        Identity.Of("province-owner@P", Standing.Disabled),
    ];

    public static readonly IReadOnlyList<Identity> All = [.. InForce, .. Spent, Nobody, System, Anonymous];

    /// <summary>The positive controls; they change things, so they have a place where nobody else looks.</summary>
    public const string ControlPlace = "A1S4";

    public static Identity Find(string name) => All.Single(identity => identity.Name == name);
}
