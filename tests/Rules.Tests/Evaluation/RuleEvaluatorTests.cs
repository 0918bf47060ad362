namespace Gengdu.Rules.Tests.Evaluation;

public sealed class RuleEvaluatorTests
{
    [Fact]
    public void Evaluate_RuleBroken_TellsNumbersAndCells()
    {
        var result = Assert.Single(SmallProgramme.Run("pupils", """{"boarders":10,"students":{"g2":4,"g1":3}}""").Only("E01"));

        Assert.Equal("error", result.Severity);
        Assert.Equal(["boarders"], result.At);
        Assert.Equal(new Text("寄宿生 10 人多于学生 7 人。", "10 boarders are more than 7 pupils."), result.Message);
    }

    [Fact]
    public void Evaluate_EachGrade_RunsInTheProgrammesOrderAndSkipsMissing()
    {
        var results = SmallProgramme.Run("pupils", """{"students":{"g2":0,"g1":5,"g7":5},"classes":{"g2":1,"g1":0}}""").Only("E02").ToList();

        Assert.Equal(["students/g1", "classes/g1", "students/g2", "classes/g2"], results.SelectMany(result => result.At));
        Assert.Equal("二年级：学生 0，班级 0.33。", results[1].Message.Zh);
        Assert.Empty(SmallProgramme.Run("pupils", """{"students":{"g1":5},"classes":{"g2":0}}""").Only("E02"));
    }

    [Fact]
    public void Evaluate_MissingZero_PutsZeroForAskedGrades() =>
        Assert.Equal(["hours/g1", "hours/g2"], SmallProgramme.Run("pupils", """{"hours":{"g1":0.5}}""").Only("W01").SelectMany(result => result.At));

    [Fact]
    public void Evaluate_MissingRun_LeavesNullToTheExpression()
    {
        Assert.Equal("broken", Assert.Single(SmallProgramme.Run("pupils").Only("I01")).Severity);
        Assert.Equal("info", Assert.Single(SmallProgramme.Run("pupils", """{"week_held":false}""").Only("I01")).Severity);
        Assert.Empty(SmallProgramme.Run("pupils", """{"week_held":true}""").Only("I01"));
    }

    [Fact]
    public void Evaluate_WhenNotTrue_IsSilent()
    {
        Assert.Single(SmallProgramme.Run("pupils", """{"week_held":true,"week_start":"2025-05-01"}""").Only("E03"));
        Assert.Empty(SmallProgramme.Run("pupils", """{"week_held":false,"week_start":"2025-05-01"}""").Only("E03"));
        Assert.Empty(SmallProgramme.Run("pupils", """{"week_start":"2025-05-01"}""").Only("E03"));
    }

    [Fact]
    public void Evaluate_EachRow_NamesTheRow()
    {
        var results = SmallProgramme.Run("staff", staff: """{"teachers":[{"_id":"a","name":"甲","hours":26.5},{"_id":"b","name":"乙"},{"_id":"c","name":"丙","hours":25}]}""");

        var result = Assert.Single(results.Only("E10"));
        Assert.Equal(["teachers/a/hours"], result.At);
        Assert.Equal("第1行 甲：26.5 课时（1）。", result.Message.Zh);
    }

    [Fact]
    public void Evaluate_ValueOfAnotherType_CountsAsMissingForRules()
    {
        var results = SmallProgramme.Run("pupils", """{"boarders":"ten","students":{"g1":"x","g2":4}}""");

        Assert.Empty(results.Only("E01"));
        Assert.Equal(["students/g1", "boarders"], results.Only("field:type").SelectMany(result => result.At));
    }

    [Fact]
    public void Evaluate_OrderOfKeysInTheDocument_ChangesNothing()
    {
        var one = SmallProgramme.Run("pupils", """{"students":{"g1":0.1,"g2":0.2,"g7":0.3},"boarders":1}""");
        var other = SmallProgramme.Run("pupils", """{"boarders":1,"students":{"g7":0.3,"g2":0.2,"g1":0.1}}""");

        Assert.Equivalent(one, other, strict: true);
    }

    [Fact]
    public void Programme_Dependencies_AreKnownWithoutValues()
    {
        var programme = SmallProgramme.Programme;

        Assert.Equal(["staff"], programme.Module("pupils")!.RelatedModules);
        Assert.Equal(["pupils"], programme.Module("staff")!.RelatedModules);
        Assert.Equal(["boarders", "students"], programme.Module("pupils")!.Rules[0].Fields);
        Assert.Equal(["boarders", "students"], programme.Indicators[0].FieldsUsed);
        Assert.Equal(["pupils", "staff"], programme.Indicators[1].ModulesUsed);
    }

    [Fact]
    public void Evaluate_UnknownModule_Throws() =>
        Assert.Throws<ArgumentException>(() => RuleEvaluator.Evaluate(SmallProgramme.Programme, "nothing", SmallProgramme.Values(), SmallProgramme.Context));
}
