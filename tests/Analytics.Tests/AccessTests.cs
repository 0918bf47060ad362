using System.Net;
using Gengdu.TestKit;

namespace Gengdu.Analytics.Tests;

public sealed class AccessTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Get_WithATokenOfAnEndedSignIn_Is401_OthersGoOn()
    {
        var (before, ended, other) = await fixture.Host.EndSignInAsync(Guid.Empty, "/api/analytics/cycles");
        Assert.Equal((true, HttpStatusCode.Unauthorized, before), (before != HttpStatusCode.Unauthorized, ended, other));
    }

    [Fact]
    public async Task AnySlice_AskedByASystemWithoutAssignments_NeitherBreaksNorChangesAnything() => Assert.Empty(await fixture.Host.AskEverythingAsASystemAsync());
}
