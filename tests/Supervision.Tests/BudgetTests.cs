using System.Net;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests;

public sealed class BudgetTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Get_WhileTheTableIsLocked_IsToldSoon_AndServedAgainAfterwards()
    {
        using var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Zhengding);
        await fixture.Host.InDatabaseAsync(async db =>
        {
            // A migration or an administrator's statement that holds the table: without a budget this would wait for ever.
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Database.ExecuteSqlRawAsync("lock table supervision.reviews in access exclusive mode");
            using var late = await reviewer.GetAsync(new Uri("/api/supervision/reviews", UriKind.Relative));
            await SupervisionFixture.RefusedAsync(late, 503, "GEN-0009");
            return 0;
        });

        using var served = await reviewer.GetAsync(new Uri("/api/supervision/reviews", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
    }
}
