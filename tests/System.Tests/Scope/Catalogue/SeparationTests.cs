using Gengdu.System.Tests.Scope.World;

namespace Gengdu.System.Tests.Scope.Catalogue;

/// <summary>AU-18: nobody can give rights, act on reports, erase and watch; who does one of it is checked by those who do the others.</summary>
[Collection(nameof(ScopeShared))]
public sealed class SeparationTests(ScopeFixture fixture)
{
    private Scene Scene => fixture.Scene;

    /// <summary>Everybody tries all four at the school where most is going on; what may be done is refused for a harmless fault alone.</summary>
    [Fact]
    public Task AU18_NoSingleRoleGrantsActsAndErases() => Scene.UnchangedAsync(async () =>
    {
        var all = new HashSet<string>();
        foreach (var who in Cast.InForce)
        {
            var may = await MayAsync(who);
            Assert.False(may.Contains("erase") && may.Count > 1, $"{who.Name} erases and may {string.Join(", ", may)}");
            Assert.False(may.Contains("watch") && may.Count > 1, $"{who.Name} watches and may {string.Join(", ", may)}");
            Assert.False(may.Contains("grant") && may.Contains("act"), $"{who.Name} may {string.Join(", ", may)}");
            all.UnionWith(may);
        }

        // Without somebody who may, the refusals would prove nothing.
        Assert.Equal(["act", "erase", "grant", "watch"], all.Order(StringComparer.Ordinal));
    });

    private async Task<List<string>> MayAsync(Identity who)
    {
        var owner = Scene.Owners["A1S1"];
        var giving = await Scene.AskAsync(who.Name, "POST", "/api/identity/assignments", new { personId = owner.PersonId, role = "approver", organisationId = owner.Id, validTo = "2020-01-01" });
        var acting = await Scene.AskAsync(who.Name, "PATCH", $"/api/reporting/module-reports/{owner.Draft.Id}/values", new { changes = new[] { new { at = "principal_name", value = "x" } } }, ("If-Match", "\"v999\""));
        // Of somebody who is not disabled: 409 for who may.
        var erasing = await Scene.AskAsync(who.Name, "POST", $"/api/identity/people/{owner.PersonId}/erasure", new { reason = "mistake" });
        var watching = await Scene.AskAsync(who.Name, "GET", $"/api/identity/audit?organisationId={owner.Id}");
        return [.. new[] { ("grant", giving, 422), ("act", acting, 412), ("erase", erasing, 409), ("watch", watching, 200) }
            .Where(one => Is(who, one.Item1, one.Item2, one.Item3)).Select(one => one.Item1)];
    }

    private static bool Is(Identity who, string what, Answer answer, int open)
    {
        Assert.True(answer.Status == open || answer.Status is 403 or 404, $"{who.Name} {what}: {answer.Status} {answer.Body}");
        return answer.Status == open;
    }
}
