using System.Reflection;
using System.Text.Json;
using Gengdu.Contracts.Reporting.V1;
using MassTransit;

namespace Gengdu.Contracts.Tests;

/// <summary>All published events, and instances of them for the snapshots.</summary>
internal static class Events
{
    private static readonly DateTimeOffset Time = new(2026, 9, 15, 6, 3, 21, TimeSpan.Zero);

    public static Assembly Assembly { get; } = typeof(ModuleReportSubmitted).Assembly;

    /// <summary>Types that stand on the wire by themselves; the others are parts of them.</summary>
    public static IReadOnlyList<Type> All { get; } =
        [.. Assembly.GetExportedTypes().Where(type => type.GetCustomAttribute<MessageUrnAttribute>() is not null).OrderBy(type => type.FullName, StringComparer.Ordinal)];

    public static string Publisher(Type type) => type.Namespace!.Split('.')[2];

    /// <summary>An instance with what is required alone, or with everything that there is.</summary>
    public static object Make(Type type, bool maximal) => Make(type, maximal, new Counter());

    private static object Make(Type type, bool maximal, Counter counter)
    {
        var made = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties())
        {
            var required = property.GetCustomAttribute<System.Runtime.CompilerServices.RequiredMemberAttribute>() is not null;
            var nullable = new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
            if (maximal || (required && !nullable))
            {
                property.SetValue(made, Value(property.PropertyType, property.Name, maximal, counter));
            }
        }

        return made;
    }

    private static object Value(Type type, string name, bool maximal, Counter counter)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare switch
        {
            _ when bare == typeof(Guid) => new Guid(counter.Next(), 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0),
            _ when bare == typeof(string) => JsonNamingPolicy.CamelCase.ConvertName(name),
            _ when bare == typeof(int) => counter.Next(),
            _ when bare == typeof(long) => (long)counter.Next(),
            _ when bare == typeof(bool) => true,
            _ when bare == typeof(DateOnly) => new DateOnly(2026, 9, 1),
            _ when bare == typeof(DateTimeOffset) => Time,
            _ when bare == typeof(JsonElement) => JsonDocument.Parse(maximal ? """{"boarders":12,"classes":{"g1":2},"titles":[{"_id":"r1","level":"city"}]}""" : "{}").RootElement,
            _ when bare == typeof(IReadOnlyDictionary<string, DateTimeOffset>) => new Dictionary<string, DateTimeOffset> { ["school"] = Time },
            _ when bare == typeof(IReadOnlyDictionary<string, string>) => new Dictionary<string, string> { ["moduleZh"] = "学校概况" },
            { IsGenericType: true } => List(bare.GetGenericArguments()[0], name, maximal, counter),
            _ => throw new NotSupportedException($"{bare} stands in a contract; say here what it looks like on the wire"),
        };
    }

    private static Array List(Type item, string name, bool maximal, Counter counter)
    {
        var list = Array.CreateInstance(item, maximal ? 2 : 1);
        for (var i = 0; i < list.Length; i++)
        {
            list.SetValue(item == typeof(string) ? $"{JsonNamingPolicy.CamelCase.ConvertName(name)}{i + 1}" : item == typeof(Guid) ? Value(item, name, maximal, counter) : Make(item, maximal, counter), i);
        }

        return list;
    }

    private sealed class Counter
    {
        private int _last;

        public int Next() => ++_last;
    }
}
