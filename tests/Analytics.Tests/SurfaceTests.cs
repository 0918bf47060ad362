using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Tests;

public sealed class SurfaceTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task OpenApi_IsTheReviewedOne()
    {
        using var client = fixture.Host.CreateClient();
        await Snapshot.VerifyAsync("docs/api/analytics.openapi.json", await Surface.OpenApiAsync(client, "analytics"));
    }

    [Fact]
    public Task Routes_AreTheReviewedOnes() => Snapshot.VerifyAsync("tests/Analytics.Tests/Routes.verified.txt", Surface.Routes(fixture.Host.Services));

    [Fact]
    public Task Model_HasNoChangeWithoutMigration() => fixture.Host.InDatabaseAsync(db =>
    {
        Assert.False(db.Database.HasPendingModelChanges());
        return Task.CompletedTask;
    });
}
