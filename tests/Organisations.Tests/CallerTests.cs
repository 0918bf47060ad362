using Gengdu.TestKit;

namespace Gengdu.Organisations.Tests;

public sealed class CallerTests
{
    [Theory]
    [InlineData(Roles.CountyReviewer, true, true, false)]
    [InlineData(Roles.CitySupervisor, true, true, false)]
    [InlineData(Roles.ProvinceOwner, true, true, false)]
    [InlineData(Roles.Administrator, true, true, false)]
    [InlineData(Roles.SecurityAdministrator, true, true, false)]
    [InlineData(Roles.Auditor, true, true, false)]
    [InlineData(Roles.Reporter, true, false, false)]
    [InlineData(Roles.Approver, true, false, false)]
    public void Sees_ReachesTheOwnNodeAndForOverseersTheSubtree(string role, bool own, bool below, bool above)
    {
        var caller = TestCaller.With(Guid.Empty, new Right(role, Guid.Empty, "/1/2/", []));
        Assert.Equal((own, below, above), (caller.Sees("/1/2/"), caller.Sees("/1/2/3/"), caller.Sees("/1/")));
        Assert.False(caller.Sees("/1/20/"));
    }

    [Fact]
    public void MayActAs_NeedsRoleAndReachInTheSameRight()
    {
        var caller = TestCaller.With(Guid.Empty, new(Roles.CountyReviewer, Guid.Empty, "/1/2/", []), new(Roles.Administrator, Guid.Empty, "/1/", []));
        Assert.True(caller.MayActAs("/1/2/3/", Roles.CountyReviewer));
        Assert.False(caller.MayActAs("/1/5/", Roles.CountyReviewer));
        Assert.True(caller.MayActAs("/1/5/", Roles.CountyReviewer, Roles.Administrator));
    }

    [Fact]
    public void Paths_AreListedOnceAndByReach()
    {
        var caller = TestCaller.With(Guid.Empty,
            new(Roles.Reporter, Guid.Empty, "/1/2/3/", []), new(Roles.Approver, Guid.Empty, "/1/2/3/", []), new(Roles.CountyReviewer, Guid.Empty, "/1/2/", []));
        Assert.Equal(["/1/2/3/"], caller.OwnPaths());
        Assert.Equal(["/1/2/"], caller.SubtreePaths());
        Assert.Empty(caller.SubtreePaths(Roles.CitySupervisor));
    }
}
