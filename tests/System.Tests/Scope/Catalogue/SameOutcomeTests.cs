using Gengdu.System.Tests.Scope.World;

namespace Gengdu.System.Tests.Scope.Catalogue;

/// <summary>TR-20: what a browser's session gets is what a token gets.</summary>
[Collection(nameof(ScopeShared))]
public sealed class SameOutcomeTests(ScopeFixture fixture)
{
    [Fact]
    public async Task TR20_CookieAndBearer_HaveTheSameOutcome()
    {
        var scene = fixture.Scene;
        var cancel = TestContext.Current.CancellationToken;
        var compared = 0;
        foreach (var who in new[] { "reporter@A1S1", "county-reviewer@A1", "city-supervisor@A", "administrator@A1", "auditor@A1", "security-administrator@A", "nobody" }.Select(Cast.Find))
        {
            using var session = await scene.SignInAsync(who, cancel);
            // Every third cell: still each route, and each relation somewhere.
            foreach (var cell in Cell.Of(RouteList.All).Where(cell => cell.Who == who && (cell.IsDenied || cell.Route.IsRead)).Where((_, i) => i % 3 == 0))
            {
                var aim = new Aim(scene, scene.Owners[cell.Place]);
                var bearer = await Answer.AskAsync(scene, who, cell.Route.Service, cell.Route.Request(aim), cancel);
                var request = cell.Route.Request(aim);
                request.Headers.Add("Cookie", session.CookieHeader);
                request.Headers.Add("X-Gengdu-Request", "1");
                var cookie = await Answer.SendAsync(scene, request, cancel);
                Assert.True(bearer.Status == cookie.Status, $"{cell}: {bearer.Status} by bearer, {cookie.Status} by cookie");
                Assert.True(bearer.IsFine || bearer.Refusal() == cookie.Refusal(), $"{cell}: {bearer.Refusal()} by bearer, {cookie.Refusal()} by cookie");
                compared++;
            }
        }

        Assert.True(compared > 200, $"Only {compared} were compared");
        TestContext.Current.TestOutputHelper?.WriteLine($"{compared} cells had the same outcome by cookie and by bearer");
    }
}
