using Gengdu.Province.Make;
using Gengdu.Province.Play;
using Gengdu.Province.Values;

namespace Gengdu.Province.Tests;

public sealed class PlayRegistersTests
{
    private static readonly DateOnly Day = new(2026, 9, 1);

    [Fact]
    public void FiguresOf_MostSchools_AreWhatTheyReport_AndOfSomeFarEnoughAwayToBeAsked()
    {
        var schools = Schools.Make(Division.Read(Path.Combine(AppContext.BaseDirectory, "data", "divisions.csv")), 600, seed: 1);

        var shares = schools.Select(school => (Register: PlayRegisters.FiguresOf(school, Day)["students"], Reported: new Figures(school, Day, Day).Pupils)).Select(one => Math.Abs(one.Register - one.Reported) / (double)one.Register).ToList();

        Assert.InRange(shares.Count(share => share == 0), 500, 590);
        Assert.InRange(shares.Count(share => share > 0.05), 5, 40);
        Assert.All(schools, school =>
        {
            var figures = PlayRegisters.FiguresOf(school, Day);
            Assert.Equal(figures["students"], school.Grades.Sum(grade => figures[$"students/{grade}"]));
            Assert.Equal(figures["classes"], school.Grades.Sum(grade => figures[$"classes/{grade}"]));
        });
    }
}
