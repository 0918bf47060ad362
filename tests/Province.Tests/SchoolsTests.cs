using Gengdu.Province.Make;

namespace Gengdu.Province.Tests;

public sealed class SchoolsTests
{
    private static readonly IReadOnlyList<Division> Divisions = Division.Read(Path.Combine(AppContext.BaseDirectory, "data", "divisions.csv"));

    [Fact]
    public void Make_WholeProvince_HasTheCityNumbersOfTheSource()
    {
        var schools = Schools.Make(Divisions, 14_858, seed: 1);

        Assert.Equal(14_858, schools.Count);
        Assert.Equal(2119, schools.Count(s => s.CityCode == "130100"));
        Assert.Equal(218, schools.Count(s => s.CityCode == "130682"));
        Assert.Equal(14_858, schools.Select(s => s.Code).Distinct().Count());
    }

    [Fact]
    public void Make_SameSeed_MakesTheSameProvince() =>
        Assert.Equal(Schools.Make(Divisions, 300, seed: 5).Select(Line), Schools.Make(Divisions, 300, seed: 5).Select(Line));

    [Fact]
    public void Make_OtherSeed_MakesAnother() =>
        Assert.NotEqual(Schools.Make(Divisions, 300, seed: 5).Select(Line), Schools.Make(Divisions, 300, seed: 6).Select(Line));

    [Fact]
    public void Make_NamesWithinACounty_AreUnique() =>
        Assert.All(Schools.Make(Divisions, 14_858, seed: 2).GroupBy(s => s.ParentCode), county => Assert.Equal(county.Count(), county.Select(s => s.NameZh).Distinct().Count()));

    [Fact]
    public void Make_Codes_AgreeWithTheType() =>
        Assert.All(Schools.Make(Divisions, 900, seed: 4), s => Assert.StartsWith(s.Type switch { "primary" => "2113", "junior" or "nine-year" => "3113", _ => "3413" }, s.Code));

    [Theory]
    [InlineData(14)]
    [InlineData(100)]
    [InlineData(14_858)]
    public void Apportion_AnyTotal_AddsUp(int total) => Assert.Equal(total, Schools.Quotas(total).Sum(q => q.Quota));

    [Theory]
    [InlineData(28)]
    [InlineData(60)]
    public void Make_SmallProvince_LeavesSchoolsToTheNewcomer(int schools) =>
        Assert.True(Schools.Make(Divisions, schools, seed: 1).Count(s => s.ParentCode == People.TriedCounty) >= 2);

    private static string Line(School s) => $"{s.Code} {s.NameZh} {s.NameEn} {s.Type} {s.UrbanRural} {s.Pupils}";
}
