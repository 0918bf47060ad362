using FsCheck;
using FsCheck.Fluent;
using Gengdu.Rules.Cel;
using Gengdu.Rules.Tests.Agreement;

namespace Gengdu.Rules.Tests.Cel;

public sealed class CelProperties
{
    private static readonly CelNames s_names = CelTesting.Names(ExpressionGenerator.Names);

    /// <summary>Whatever text a pack holds, it compiles or is refused with a position inside it.</summary>
    [Fact]
    public void Compile_AnyText_GivesAnExpressionOrItsOwnError() =>
        Prop.ForAll<string>(text => IsCompiledOrRefused(text ?? "")).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Compile_DamagedExpression_GivesAnExpressionOrItsOwnError() =>
        Prop.ForAll<int, int, char>((seed, at, c) =>
        {
            var text = new ExpressionGenerator(seed).Expression();
            at = (int)((uint)at % text.Length);
            return IsCompiledOrRefused(text[..at] + c + text[(at + 1)..]) && IsCompiledOrRefused(text.Remove(at, 1)) && IsCompiledOrRefused(text[..at]);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    /// <summary>Evaluation has errors as values: nothing a school enters throws.</summary>
    [Fact]
    public void Evaluate_AnyValues_NeverThrows() =>
        Prop.ForAll<int>(seed =>
        {
            var generator = new ExpressionGenerator(seed);
            if (CelTesting.TryCompile(generator.Expression(), s_names) is not { } expression) return true;
            var values = generator.Variables().Select(pair => CelTesting.Value(System.Text.Json.JsonSerializer.SerializeToElement(pair.Value)));
            var value = expression.Evaluate(new CelFrame([.. values.OrderBy(_ => seed)]));
            return value.Kind != CelKind.Absent;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static bool IsCompiledOrRefused(string text)
    {
        try
        {
            CelExpression.Compile(text, s_names);
            return true;
        }
        catch (CelCompileException refused)
        {
            return refused.Position <= text.Length && refused is { Line: >= 1, Column: >= 1 };
        }
    }
}
