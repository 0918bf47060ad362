using Gengdu.Analytics.OpenFigures;

namespace Gengdu.Analytics.Tests.OpenFigures;

/// <summary>What is told of a small tree, and that nobody finds a school in what is told of many random ones.</summary>
public sealed class DisclosureTests
{
    // A province with a city of three counties, a city of one, and a county of its own.
    private static readonly string[] s_places = ["/1/", "/1/2/", "/1/2/5/", "/1/2/6/", "/1/2/7/", "/1/3/", "/1/3/8/", "/1/4/"];

    [Fact]
    public void Told_FewerThanThreeSchools_AreNot_AndNeitherIsASiblingThatWouldGiveThemAway()
    {
        var told = Disclosure.Told(s_places, Schools(("/1/2/5/", 2), ("/1/2/6/", 4), ("/1/2/7/", 9), ("/1/3/8/", 5), ("/1/4/", 3)), [], new HashSet<string>());
        Assert.Equal(["/1/", "/1/2/", "/1/2/7/", "/1/3/", "/1/3/8/", "/1/4/"], told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Told_AParentThatHasNobodyElseToHideBehind_IsHiddenItself_AndSoIsAnotherBesideIt()
    {
        var told = Disclosure.Told(s_places, Schools(("/1/2/5/", 9), ("/1/3/8/", 2), ("/1/4/", 6)), [], new HashSet<string>());
        // The city of one county is that county; without its smallest neighbour the province would tell it.
        Assert.Equal(["/1/", "/1/2/", "/1/2/5/", "/1/2/6/", "/1/2/7/"], told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Told_SchoolsOfTheCityItself_AreARestLikeAnyOther()
    {
        var told = Disclosure.Told(s_places, Schools(("/1/2/", 1), ("/1/2/5/", 3), ("/1/2/6/", 8)), [], new HashSet<string>());
        Assert.DoesNotContain("/1/2/5/", told);
        Assert.Superset(new HashSet<string> { "/1/", "/1/2/", "/1/2/6/" }, told);
    }

    [Fact]
    public void Told_NoSchoolAtAll_SaysSo() =>
        Assert.Equal(s_places.Order(StringComparer.Ordinal), Disclosure.Told(s_places, [], [], new HashSet<string>()).Order(StringComparer.Ordinal));

    [Fact]
    public void Correction_OfOneSchool_IsToldNowhere_OfThreeItIs()
    {
        var first = Schools(("/1/2/5/", 5), ("/1/2/6/", 5), ("/1/3/8/", 5));
        var before = new EarlierParts(first, s_places.ToHashSet());
        var one = Corrected(first, 1, "/1/2/5/");
        Assert.Equal(["/1/2/6/", "/1/2/7/", "/1/3/", "/1/3/8/", "/1/4/"], Disclosure.Told(s_places, one, [before], new HashSet<string>()).Order(StringComparer.Ordinal));
        Assert.Equal(s_places.Order(StringComparer.Ordinal), Disclosure.Told(s_places, Corrected(first, 3, "/1/2/5/"), [before], new HashSet<string>()).Order(StringComparer.Ordinal));
    }

    /// <summary>Two counties with two corrections each: the city's change is that of four, unless one county's is known.</summary>
    [Fact]
    public void Correction_OfTwoHereAndThreeThere_TellsNeither_WhenTheSumIsTold()
    {
        var first = Schools(("/1/2/5/", 6), ("/1/2/6/", 6), ("/1/3/8/", 5));
        var now = Corrected(Corrected(first, 2, "/1/2/5/"), 3, "/1/2/6/");
        var told = Disclosure.Told(s_places, now, [new(first, s_places.ToHashSet())], new HashSet<string>());
        Assert.DoesNotContain("/1/2/5/", told);
        Assert.DoesNotContain("/1/2/6/", told);
        Assert.Contains("/1/", told);
    }

    /// <summary>A correction that is taken back for all but one: neither difference is small, the one between the first and the third is.</summary>
    [Fact]
    public void Correction_TakenBackButForOne_IsSeenAgainstTheFirst()
    {
        var first = Schools(("/1/2/5/", 8));
        var second = Corrected(first, 4, "/1/2/5/");
        var third = first.Select((part, i) => i == 0 ? second[0] : part).ToList();
        var all = s_places.ToHashSet();
        var told = Disclosure.Told(s_places, third, [new(first, all), new(second, all)], new HashSet<string>());
        Assert.DoesNotContain("/1/2/5/", told);
        Assert.DoesNotContain("/1/", told);
    }

    [Fact]
    public void GiveAway_KnowsWhatASubtractionShows()
    {
        var parts = Schools(("/1/2/5/", 2), ("/1/2/6/", 9));
        Assert.True(Equations.GiveAway([new(parts, new HashSet<string> { "/1/2/", "/1/2/6/" })], 3));
        Assert.False(Equations.GiveAway([new(parts, new HashSet<string> { "/1/2/" })], 3));
    }

    /// <summary>Whatever the tree, whatever is corrected, moved, handed in or withdrawn over three publications: nobody is found.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Told_OfRandomProvinces_ShowsNobody(int seed)
    {
        var random = new Random(seed);
        var toldAtAll = 0;
        for (var i = 0; i < 25; i++)
        {
            var parts = RandomSchools(random);
            var publications = new List<EarlierParts>();
            for (var number = 1; number <= 3; number++)
            {
                var told = Disclosure.Told(s_places, parts, publications, random.Next(4) == 0 ? new HashSet<string> { s_places[random.Next(s_places.Length)] } : new HashSet<string>());
                publications.Add(new(parts, told));
                toldAtAll += told.Count;
                Assert.True(Attacker.Finds(publications) is null, $"seed {seed}, province {i}, publication {number}");
                parts = RandomChange(parts, random);
            }
        }

        // Telling nothing would be safe and useless.
        Assert.True(toldAtAll > 200, $"{toldAtAll} numbers told");
    }

    /// <summary>The attacker is no straw man: with everything told, it finds somebody in nearly every province.</summary>
    [Fact]
    public void Attacker_FindsThem_WhenEverythingIsTold()
    {
        var random = new Random(7);
        var provinces = Enumerable.Range(0, 30).Select(_ => RandomSchools(random)).ToList();
        Assert.True(provinces.Count(parts => Attacker.Finds([new(parts, s_places.ToHashSet())]) is not null) > 20);
    }

    internal static List<SchoolPart> Schools(params (string Node, int Count)[] counts) =>
        [.. counts.SelectMany(count => Enumerable.Range(0, count.Count).Select(i => new SchoolPart(Id(count.Node, i), count.Node, 1)))];

    private static List<SchoolPart> Corrected(List<SchoolPart> parts, int schools, string node)
    {
        var left = schools;
        return [.. parts.Select(part => part.NodePath == node && left-- > 0 ? part with { Print = part.Print + 1 } : part)];
    }

    private static List<SchoolPart> RandomSchools(Random random) => Schools([.. s_places.Where(_ => random.Next(3) > 0).Select(place => (place, random.Next(6)))]);

    private static List<SchoolPart> RandomChange(List<SchoolPart> parts, Random random)
    {
        var share = random.Next(2, 8);
        return
        [
            .. parts.Where(_ => random.Next(12) > 0).Select(part => random.Next(share) == 0 ? part with { Print = random.Next(3) }
                : random.Next(15) == 0 ? part with { NodePath = s_places[random.Next(s_places.Length)] } : part),
            .. random.Next(2) == 0 ? [] : Schools((s_places[random.Next(s_places.Length)], random.Next(1, 4))).Select(part => part with { School = Id("new", random.Next(1 << 30)) }).DistinctBy(part => part.School),
        ];
    }

    private static Guid Id(string node, int number)
    {
        var bytes = new byte[16];
        BitConverter.TryWriteBytes(bytes, node.Aggregate(17, (sum, c) => unchecked((sum * 31) + c)));
        BitConverter.TryWriteBytes(bytes.AsSpan(8), number);
        return new(bytes);
    }
}
