using System.Linq;
using System.Threading.Tasks;
using OssPayment.Caching;
using Xunit;

namespace OssPayment.Tests.Caching;

public sealed class BoundedCacheTests
{
    private readonly BoundedCache<string, string> _cache = new(3);

    [Fact]
    public void A_value_is_kept_until_it_is_removed()
    {
        _cache.Set("a", "1");
        _cache.Set("a", "2");
        Assert.True(_cache.TryGet("a", out string value));
        Assert.Equal("2", value);

        _cache.Remove("a");
        Assert.False(_cache.TryGet("a", out _));
    }

    [Fact]
    public void The_first_value_that_is_added_is_kept()
    {
        Assert.Equal("1", _cache.GetOrAdd("a", "1"));
        Assert.Equal("1", _cache.GetOrAdd("a", "2"));
    }

    [Fact]
    public void The_cache_never_exceeds_its_capacity()
    {
        for (int i = 0; i < 100; i++)
        {
            _cache.Set($"set {i}", "");
            Assert.InRange(_cache.Keys.Count, 1, 3);
            _cache.GetOrAdd($"add {i}", "");
            Assert.InRange(_cache.Keys.Count, 1, 3);
        }
    }

    [Fact]
    public void A_full_cache_keeps_its_values_when_a_known_one_changes()
    {
        foreach (string key in new[] { "a", "b", "c", "b" })
        {
            _cache.Set(key, key);
        }

        Assert.Equal(3, _cache.Keys.Count);
    }

    [Fact]
    public void All_threads_get_the_same_value()
    {
        var cache = new BoundedCache<string, object>(3);
        object[] values = new object[200];
        Parallel.For(0, values.Length, i => values[i] = cache.GetOrAdd("a", new object()));

        Assert.Single(values.Distinct());
    }
}
