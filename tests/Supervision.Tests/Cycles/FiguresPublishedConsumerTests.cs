using Gengdu.Contracts.Analytics.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Notices;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Cycles;

public sealed class FiguresPublishedConsumerTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private TestProvince Province => fixture.Province;

    [Fact]
    public async Task Published_TellsCountiesAndCities_Once_AndACorrectionAnew()
    {
        var (county, city) = (await Province.PersonAsync(Roles.CountyReviewer, Province.Changan), await Province.PersonAsync(Roles.CitySupervisor, Province.Shijiazhuang));
        var (school, owner) = (await Province.PersonAsync(Roles.Reporter, Province.ChanganPrimary), await Province.PersonAsync((Roles.ProvinceOwner, Province.Root), (Roles.CountyReviewer, Province.Changan)));
        var first = Published(1, owner);
        await fixture.Host.Events.DeliverAsync(first);
        await fixture.Host.Events.DeliverAsync(first);
        await fixture.Host.Events.DeliverAsync(first with { Number = 2 });

        Assert.Equal(["figures-corrected", "figures-published"], await KindsAsync(first.CycleId, county));
        Assert.Equal(["figures-corrected", "figures-published"], await KindsAsync(first.CycleId, city));
        Assert.Empty(await KindsAsync(first.CycleId, school));
        Assert.Empty(await KindsAsync(first.CycleId, owner));
    }

    [Fact]
    public async Task Published_ByTheReleaseBefore_TellsNobody()
    {
        var county = await Province.PersonAsync(Roles.CountyReviewer, Province.Changan);
        var old = Published(1, Guid.Empty) with { CycleZh = null, CycleEn = null };
        await fixture.Host.Events.DeliverAsync(old);
        Assert.Empty(await KindsAsync(old.CycleId, county));
    }

    private Task<List<string>> KindsAsync(Guid cycleId, Guid person) => fixture.Host.InDatabaseAsync(db =>
        db.Set<Notice>().Where(notice => notice.PersonId == person && notice.Key.StartsWith($"figures-published:{cycleId}")).Select(notice => notice.Kind).OrderBy(kind => kind).ToListAsync());

    private static FiguresPublished Published(int number, Guid by) => new()
    {
        CycleId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
        Number = number,
        ProgrammeKey = "labor-education",
        ProgrammeVersion = "2026.1",
        FormulaVersion = "2026.1",
        Final = true,
        Due = 10,
        Submitted = 10,
        Accepted = 10,
        Figures = 100,
        OpenHash = new string('a', 64),
        CycleZh = "2026年秋季",
        CycleEn = "Autumn 2026",
        PublishedBy = by,
        PublishedAt = TimeProvider.System.GetUtcNow(),
    };
}
