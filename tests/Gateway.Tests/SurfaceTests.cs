using Gengdu.Gateway.Tests.Running;
using Gengdu.TestKit;

namespace Gengdu.Gateway.Tests;

public sealed class SurfaceTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task OpenApi_IsTheReviewedOne()
    {
        using var client = new HttpClient { BaseAddress = new Uri(fixture.Host.Address) };
        await Snapshot.VerifyAsync("docs/api/gateway.openapi.json", await Surface.OpenApiAsync(client, "gateway"));
    }

    [Fact]
    public Task Routes_AreTheReviewedOnes() => Snapshot.VerifyAsync("tests/Gateway.Tests/Routes.verified.txt", Surface.Routes(fixture.Host.Services));
}
