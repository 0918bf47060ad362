using System.Reflection;

namespace Gengdu.Architecture.Tests;

/// <summary>Tests run in one order in every folder, and in others when asked: who depends on an order is found out before somebody else is.</summary>
public sealed class TestOrderTests
{
    private static readonly string[] s_names = [.. Enumerable.Range(1, 40).Select(i => $"Test{i}")];

    [Fact]
    public void Order_GoesByNamesAndSeed_HoweverTheyCome()
    {
        var order = Order(0, s_names);
        Assert.NotEqual(s_names, order);
        Assert.Equal(order, Order(0, [.. s_names.Reverse()]));
        Assert.Equal(s_names.Order(), order.Order());
        Assert.NotEqual(order, Order(2, s_names));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Order_OfAnOddSeed_IsTheOneBeforeItBackwards(int seed) => Assert.Equal(Order(seed, s_names).Reverse(), Order(seed + 1, s_names));

    [Fact]
    public void Seed_IsWhatTheRunnerWasTold()
    {
        Assert.Equal(0, TestOrder.SeedOf(["test.dll", "--no-ansi"]));
        Assert.Equal(17, TestOrder.SeedOf(["test.dll", "--seed", "17", "--no-ansi"]));
    }

    [Fact]
    public void Order_IsThisAssemblysToo()
    {
        var assembly = typeof(TestOrderTests).Assembly;
        Assert.Equal((typeof(TestOrder), typeof(TestOrder)), (assembly.GetCustomAttribute<TestCaseOrdererAttribute>()?.OrdererType, assembly.GetCustomAttribute<TestCollectionOrdererAttribute>()?.OrdererType));
    }

    private static string[] Order(int seed, string[] names) => TestOrder.Ordered(names, name => name, seed);
}
