using Gengdu.Identity.Assignments;
using Gengdu.Organisations;
using Gengdu.TestKit;

namespace Gengdu.Identity.Tests.Assignments;

public sealed class GrantRulesTests
{
    private const string S = Roles.SecurityAdministrator;
    private static readonly string[] Working = [Roles.Reporter, Roles.Approver, Roles.CountyReviewer, Roles.CitySupervisor, Roles.ProvinceOwner];

    /// <summary>The whole table: every role as giver × every role given.</summary>
    public static TheoryData<string, string, bool, bool> Pairs()
    {
        var pairs = new TheoryData<string, string, bool, bool>();
        foreach (var giver in Roles.All)
        {
            foreach (var role in Roles.All)
            {
                var gives = giver switch
                {
                    Roles.Administrator => role == Roles.Administrator || Working.Contains(role),
                    S or Roles.Auditor => role == giver,
                    _ => false,
                };
                pairs.Add(giver, role, gives, gives || giver == S);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void MayGive_IsTheTable_InTheSubtreeOnly(string giver, string role, bool gives, bool takes)
    {
        var caller = TestCaller.With(Guid.Empty, new Right(giver, Guid.Empty, "/1/2/", ["city"]));
        foreach (var path in new[] { "/1/2/", "/1/2/3/" })
        {
            Assert.Equal((gives, takes), (GrantRules.MayGive(caller, path, role), GrantRules.MayTake(caller, path, role)));
        }

        foreach (var path in new[] { "/1/", "/1/20/", "/1/3/" })
        {
            Assert.Equal((false, false), (GrantRules.MayGive(caller, path, role), GrantRules.MayTake(caller, path, role)));
        }
    }

    [Fact]
    public void MayGive_ByTwoRights_NeverMixesTheirPlaces()
    {
        var caller = TestCaller.With(Guid.Empty, new(Roles.Administrator, Guid.Empty, "/1/2/", []), new(Roles.ProvinceOwner, Guid.Empty, "/1/", []));
        Assert.False(GrantRules.MayGive(caller, "/1/3/", Roles.CountyReviewer));
        Assert.False(GrantRules.Administers(caller, "/1/3/"));
        Assert.True(GrantRules.IsAdministrator(caller));
    }

    /// <summary>Both ways round, for every two roles.</summary>
    [Fact]
    public void GoTogether_KeepsTheThreeApart_AndTheAuditorAlone()
    {
        foreach (var one in Roles.All)
        {
            foreach (var other in Roles.All)
            {
                var apart = one != other && (one == Roles.Auditor || other == Roles.Auditor || (one, other) is (Roles.Administrator, S) or (S, Roles.Administrator));
                Assert.Equal(!apart, GrantRules.GoTogether(one, other));
            }
        }
    }

    [Theory]
    [InlineData("school")]
    [InlineData("county")]
    [InlineData("city")]
    [InlineData("province")]
    public void Fits_TheThreeAdministrators_AtAnyLevel(string level) =>
        Assert.All(Roles.Administrators, role => Assert.True(AssignmentRules.Fits(role, [level])));
}
