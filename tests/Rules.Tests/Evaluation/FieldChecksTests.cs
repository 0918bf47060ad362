namespace Gengdu.Rules.Tests.Evaluation;

public sealed class FieldChecksTests
{
    [Theory]
    [InlineData("""{}""", "required students/g1, required students/g2, required boarders, required week_held")]
    [InlineData("""{"students":{"g1":1,"g2":2},"boarders":-1,"week_held":false}""", "range boarders")]
    [InlineData("""{"students":{"g1":1,"g2":2.5},"boarders":0,"week_held":false}""", "type students/g2")]
    [InlineData("""{"students":7,"boarders":0,"week_held":false}""", "type students")]
    [InlineData("""{"students":{"g1":1,"g2":2,"g7":3,"zz":1},"boarders":0,"week_held":false}""", "grade students/g7, grade students/zz")]
    [InlineData("""{"students":{"g1":1,"g2":2},"boarders":0,"week_held":true}""", "required week_start")]
    [InlineData("""{"students":{"g1":1,"g2":2},"boarders":0,"week_held":true,"week_start":"2026-02-30"}""", "type week_start")]
    [InlineData("""{"students":{"g1":1,"g2":2},"boarders":0,"week_held":false,"week_start":"2026-02-30"}""", "")]
    [InlineData("""{"students":{"g1":1,"g2":2},"boarders":0,"week_held":false,"hours":{"g1":0.3,"g2":0.35}}""", "step hours/g2")]
    [InlineData("""{"students":{"g1":1,"g2":2},"boarders":0,"week_held":false,"note":"a1","kinds":["field","x"]}""", "pattern note, option kinds")]
    [InlineData("""{"students":{"g1":1,"g2":2},"boarders":0,"week_held":false,"note":"aaaaaaaaaaaaaaaaaaaaaaaaa","kinds":["field","field"]}""", "length note, type kinds")]
    public void Evaluate_Fields_FailTheirChecks(string pupils, string expected)
    {
        var found = SmallProgramme.Run("pupils", pupils).Where(result => result.Rule.StartsWith("field:", StringComparison.Ordinal));

        Assert.Equal(expected, string.Join(", ", found.Select(result => $"{result.Rule[6..]} {result.At[0]}")));
    }

    [Theory]
    [InlineData("""{}""", "required teachers")]
    [InlineData("""{"teachers":[]}""", "required teachers")]
    [InlineData("""{"teachers":[{"name":"a"}]}""", "type teachers")]
    [InlineData("""{"teachers":[{"_id":"a","name":"a"},{"_id":"a","name":"b"}]}""", "type teachers")]
    [InlineData("""{"teachers":[{"_id":"a","name":"a"},{"_id":"b","hours":31}]}""", "required teachers/b/name, range teachers/b/hours")]
    [InlineData("""{"teachers":[{"_id":"1","name":"a"},{"_id":"2","name":"a"},{"_id":"3","name":"a"},{"_id":"4","name":"a"}]}""", "length teachers")]
    public void Evaluate_Rows_FailTheirChecks(string staff, string expected)
    {
        var found = SmallProgramme.Run("staff", staff: staff).Where(result => result.Rule.StartsWith("field:", StringComparison.Ordinal));

        Assert.Equal(expected, string.Join(", ", found.Select(result => $"{result.Rule[6..]} {result.At[0]}")));
    }

    [Theory]
    [InlineData("""{}""", 0)]
    [InlineData("""{"students":{"g1":0},"week_held":false}""", 0.5)]
    [InlineData("""{"students":{"g1":0,"g2":1},"boarders":0,"week_held":true}""", 0.8)]
    [InlineData("""{"students":{"g1":0,"g2":1},"boarders":0,"week_held":false}""", 1)]
    public void ModuleCompletion_CountsRequiredCells(string pupils, double expected) =>
        Assert.Equal(expected, ModuleCompletion.Of(SmallProgramme.Programme, "pupils", SmallProgramme.Values(pupils), SmallProgramme.Context));
}
