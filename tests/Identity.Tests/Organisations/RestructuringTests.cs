using FsCheck;
using FsCheck.Fluent;
using Gengdu.Identity.Organisations;
using Organisation = Gengdu.Identity.Organisations.Organisation;

namespace Gengdu.Identity.Tests.Organisations;

/// <summary>The tree without a database: whatever is done to it in whatever order, it stays a tree with a whole history.</summary>
public sealed class RestructuringTests
{
    private static readonly DateOnly Start = new(2020, 9, 1);

    [Fact]
    public void AnySequenceOfChanges_KeepsTheTreeAndItsHistory() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ListOf(40).ToArbitrary(), seeds =>
        {
            var tree = new SmallTree();
            foreach (var seed in seeds)
            {
                tree.Change(new System.Random(seed));
            }

            return tree.IsWhole();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void RefusedChange_LeavesNoTrace()
    {
        var tree = new SmallTree();
        var (county, school) = (tree.All[3], tree.All.First(o => o.IsSchool));
        var versions = tree.All.Sum(o => o.Version);
        Assert.Equal("IDN-0045", Restructuring.Move(school, tree.All[1], [], SmallTree.On(5))?.Code);
        Assert.Equal("IDN-0046", Restructuring.Move(tree.All[1], county, tree.Below(tree.All[1]), SmallTree.On(5))?.Code);
        Assert.Equal("IDN-0052", Restructuring.Move(tree.All[0], county, tree.Below(tree.All[0]), SmallTree.On(5))?.Code);
        Assert.Equal("IDN-0051", Restructuring.Close(county, 2, SmallTree.On(5))?.Code);
        Assert.Equal(versions, tree.All.Sum(o => o.Version));
    }

    [Fact]
    public void Move_BeforeALaterChangeBelow_IsRefused()
    {
        var tree = new SmallTree();
        var county = tree.All[3];
        var school = tree.All.First(o => o.ParentId == county.Id);
        Assert.Null(school.Rename("新名", "New Name", SmallTree.On(8)));
        Assert.Equal("IDN-0043", Restructuring.Move(county, tree.All[2], tree.Below(county), SmallTree.On(7))?.Code);
        Assert.Null(Restructuring.Move(county, tree.All[2], tree.Below(county), SmallTree.On(8)));
    }

    private sealed class SmallTree
    {
        private static readonly string[] Types = ["primary", "nine-year", "senior"];
        private int _day;
        private int _last;

        public SmallTree()
        {
            var province = Add("130000", "province", null);
            var cities = new[] { Add("130100", "city", province), Add("130200", "city", province) };
            var counties = Enumerable.Range(0, 4).Select(i => Add($"13{(i % 2) + 1}{10 + i:00}1", "county", cities[i % 2])).ToList();
            for (var i = 0; i < 12; i++)
            {
                Add(NextCode("21"), "school", counties[i % 4]);
            }
        }

        public List<Organisation> All { get; } = [];

        public HashSet<string> Void { get; } = [];

        public static TreeChange On(int day) => new(TreeActs.Moved, Start.AddDays(day), new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), null);

        public IReadOnlyList<Organisation> Below(Organisation above) => [.. All.Where(o => o != above && o.Path.StartsWith(above.Path, StringComparison.Ordinal)).OrderBy(o => o.Path.Length)];

        public void Change(System.Random random)
        {
            _day += random.Next(0, 3);
            var (one, other, change) = (Any(random), Any(random), On(_day));
            switch (random.Next(6))
            {
                case 0 or 1:
                    Restructuring.Move(one, other, Below(one), change);
                    break;
                case 2:
                    Restructuring.Merge(one, [other], Below(other), random.Next(2) == 0 ? other.Code : null, change);
                    break;
                case 3 when All.Find(o => o.Id == one.ParentId) is { } parent:
                    var part = OrganisationFacts.Of(one) with { Code = NextCode("21"), SchoolType = "primary", ValidFrom = change.EffectiveOn, ValidTo = null };
                    Restructuring.Split(one, parent, [part], new([++_last]), random.Next(2) == 0, change, out var created);
                    All.AddRange(created);
                    break;
                case 4:
                    var type = Types[random.Next(3)];
                    one.Retype(type, ["g1"], one.IsSchool && SchoolClass.Of(type) != SchoolClass.Of(one.SchoolType!) ? NextCode(SchoolClass.Of(type)) : null, change);
                    break;
                default:
                    Restructuring.Close(one, All.Count(o => o.ParentId == one.Id && o.IsOpen), change);
                    break;
            }
        }

        public bool IsWhole()
        {
            var byId = All.ToDictionary(o => o.Id);
            Assert.All(All, o => Assert.Equal($"{(o.ParentId is { } above ? byId[above].Path : "/")}{o.Number}/", o.Path));
            Assert.All(All.Where(o => o.IsOpen && o.ParentId is not null), o => Assert.True(byId[o.ParentId!.Value].IsOpen && OrganisationFacts.FitsBelow(o.LevelRoles, byId[o.ParentId.Value].LevelRoles)));
            Assert.Equal(All.Count(o => o.IsOpen), All.Where(o => o.IsOpen).Select(o => o.Code).Distinct().Count());
            Assert.Equal(All.Count, All.Select(o => o.Path).Distinct().Count());
            foreach (var organisation in All)
            {
                var versions = organisation.Versions.OrderBy(v => v.Version).ToList();
                Assert.Equal(Enumerable.Range(1, (int)organisation.Version).Select(n => (long)n), versions.Select(v => v.Version));
                Assert.All(versions.Zip(versions.Skip(1)), pair => Assert.Equal(pair.First.EffectiveUntil, pair.Second.EffectiveFrom));
                Assert.Null(versions[^1].EffectiveUntil);
                Assert.Equal((organisation.Path, organisation.Code, organisation.ParentId), (versions[^1].Path, versions[^1].Code, versions[^1].ParentId));
                // Exactly one state on every day since the first.
                Assert.All(Enumerable.Range(0, _day + 2).Select(Start.AddDays).Where(day => day >= organisation.ValidFrom), day => Assert.Single(versions, v => v.HoldsOn(day)));
            }

            return true;
        }

        private Organisation Any(System.Random random) => All[random.Next(All.Count)];

        private string NextCode(string codeClass) => $"{codeClass}13{++_last:000000}";

        private Organisation Add(string code, string level, Organisation? parent)
        {
            var facts = level == "school"
                ? new OrganisationFacts(code, $"学校{code}", $"School {code}", ["school"], "school", "primary", "town", "education-department", ["g1"], Start, null)
                : new OrganisationFacts(code, $"区划{code}", $"Division {code}", [level], "division", null, null, null, [], Start, null);
            var organisation = Organisation.Create(facts, parent, ++_last, On(0) with { Act = TreeActs.Created });
            All.Add(organisation);
            return organisation;
        }
    }
}
