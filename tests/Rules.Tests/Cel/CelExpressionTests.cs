using Gengdu.Rules.Cel;

namespace Gengdu.Rules.Tests.Cel;

public sealed class CelExpressionTests
{
    private const string Variables = """
        {"a":2,"n":null,"s":"ab","p":true,"m":{"g1":1,"g2":2.5},"rows":[{"h":2,"k":"x"},{"h":3,"k":"y"},{"h":null,"k":"x"}],"z":[]}
        """;

    [Theory]
    [InlineData("1.0 + 2.0 * 3.0 == 7.0")]
    [InlineData("-a + 3.0 == 1.0 && !(a > 2.0)")]
    [InlineData("a > 1.0 ? s == 'ab' : n")]
    [InlineData("n < 1.0 || true")]
    [InlineData("true || n < 1.0")]
    [InlineData("!(false && n < 1.0) && !(n < 1.0 && false)")]
    [InlineData("m['g1'] + m.g2 == 3.5 && 'g1' in m && !('g3' in m)")]
    [InlineData("m.all(k, m[k] > 0.0) && m.exists(k, k == 'g2') && m.exists_one(k, m[k] > 1.0)")]
    [InlineData("rows.exists(r, r.h > 2.5) && !rows.all(r, r.h > 2.0)")]
    [InlineData("count(rows.filter(r, r.k == 'x')) == 2.0 && rows.map(r, r.k) == ['x', 'y', 'x']")]
    [InlineData("sum(rows.map(r, r.h != null, r.h * 2.0)) == 10.0")]
    [InlineData("has(m.g1) && !has(m.g9)")]
    [InlineData("sum(m) == 3.5 && sum(rows, 'h') == 5.0 && mean(m) == 1.75 && mean(z) == 0.0")]
    [InlineData("count(m) == 2.0 && distinct(rows, 'k') == 2.0 && at(m, 'g9') == null && at(n, 'g9') == null")]
    [InlineData("num(n) == 0.0 && present(s) && !present(n) && !present('') && !present(z) && present(false)")]
    [InlineData("ceil(1.2) == 2.0 && floor(-1.2) == -2.0 && round(2.5) == 3.0 && round(-2.5) == -2.0 && abs(-1.0) == 1.0")]
    [InlineData("min(a, 1.0) == 1.0 && max(a, 1.0) == a && days('2024-02-28', '2024-03-01') == 2.0")]
    [InlineData("s.startsWith('a') && s.endsWith('b') && s.contains('ab') && s.matches('^a[b]$') && !(s + '\\n').matches('b$')")]
    [InlineData("""'\u7532' == "甲" && r'\d' == '\\d' && '''a'b''' == "a'b" // a comment""")]
    [InlineData("1.0 / 0.0 > 1e300 && rows[1.0].h == 3.0 && {'x': a}.x == 2.0")]
    public void Evaluate_True(string text) => Assert.True(CelTesting.Evaluate(text, Variables).IsTrue);

    [Theory]
    [InlineData("n < 1.0")]
    [InlineData("n < 1.0 || false")]
    [InlineData("s + a == s")]
    [InlineData("m.g9 == 1.0")]
    [InlineData("rows[3.0].h == 1.0")]
    [InlineData("rows[0.5].h == 1.0")]
    [InlineData("n.all(x, true)")]
    [InlineData("rows.exists_one(r, r.h > 0.0)")]
    [InlineData("rows.all(r, r.h > 0.0)")]
    [InlineData("sum(s) > 0.0")]
    [InlineData("num(s) > 0.0")]
    [InlineData("days(s, s) > 0.0")]
    [InlineData("n.matches('a')")]
    [InlineData("n ? true : false")]
    [InlineData("a in s")]
    public void Evaluate_Fails(string text) => Assert.True(CelTesting.Evaluate(text, Variables).IsError);

    [Fact]
    public void Compile_NamesAndRowMembers_AreThoseItReads()
    {
        var names = new CelNames(CelTesting.Names("m", "limit", "g")).Declare("row", _ => CelValue.Null, new CelHint { Members = new CelShape("_id", "h") })
            .Declare("previous", _ => CelValue.Null);

        var expression = CelExpression.Compile("m[g] > limit && m.exists(row, row != '') && row.h > 1.0 && at(previous.m, g) > 1.0 && m.all(previous, previous.x)", names);

        Assert.Equal(["m", "g", "limit", "row", "previous"], expression.Names);
        Assert.Equal([("row", "h"), ("previous", "m")], expression.Members);
    }
}
