using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OssPayment.Credentials;
using OssPayment.Signing;
using Xunit;

namespace OssPayment.Tests.Credentials;

/// <summary>When temporary credentials are renewed, by a clock that the tests set.</summary>
public sealed class CredentialCacheTests
{
    private readonly ManualClock _clock = new();
    private readonly CredentialCache _cache;
    private readonly List<TaskCompletionSource<OssCredentials>> _fetches = [];

    public CredentialCacheTests()
    {
        _cache = new CredentialCache(_clock);
    }

    [Fact]
    public async Task All_waiting_requests_share_one_fetch()
    {
        Task<OssCredentials>[] waiting = [.. Enumerable.Range(0, 16).Select(_ => GetAsync())];

        await FetchedAsync(1, Lasting("first", minutes: 60));

        Assert.All(await Task.WhenAll(waiting).Soon(), credentials => Assert.Equal("first", credentials.AccessKeyId));
        Assert.Single(_fetches);
    }

    [Theory]
    [InlineData(60, 54.9, 55)]
    [InlineData(10, 4.9, 5)]
    [InlineData(4, 1.9, 2)]
    public async Task Credentials_are_renewed_before_they_expire_without_blocking_requests(
        double lasting, double before, double after)
    {
        await GetFirstAsync(lasting);

        _clock.Advance(TimeSpan.FromMinutes(before));
        await GetAsync().Soon();
        Assert.Single(_fetches);

        // The source does not respond, and requests continue with the credentials that are still valid.
        _clock.Advance(TimeSpan.FromMinutes(after) - TimeSpan.FromMinutes(before));
        for (int i = 0; i < 3; i++)
        {
            Task<OssCredentials> get = GetAsync();
            Assert.True(get.IsCompletedSuccessfully);
            Assert.Equal("first", (await get).AccessKeyId);
        }

        await FetchedAsync(2, Lasting("second", minutes: 60));
        await Patience.UntilAsync(() => GetAsync().Result.AccessKeyId == "second");
        Assert.Equal(2, _fetches.Count);
    }

    [Fact]
    public async Task Expired_credentials_are_never_used()
    {
        await GetFirstAsync(60);

        _clock.Advance(TimeSpan.FromMinutes(60));
        Task<OssCredentials> get = GetAsync();

        Assert.False(get.IsCompleted);
        await FetchedAsync(2, Lasting("second", minutes: 60));
        Assert.Equal("second", (await get.Soon()).AccessKeyId);
    }

    [Fact]
    public async Task A_renewal_that_fails_while_credentials_are_valid_is_retried_later()
    {
        await GetFirstAsync(60);

        _clock.Advance(TimeSpan.FromMinutes(56));
        await GetAsync().Soon();

        // The cache reads its clock under its lock: at each call, and when a renewal has ended.
        int readings = _clock.Readings;
        await FailAsync(2);
        await Patience.UntilAsync(() => _clock.Readings > readings);
        Assert.Equal("first", (await GetAsync().Soon()).AccessKeyId);
        Assert.Equal(2, _fetches.Count);

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("first", (await GetAsync().Soon()).AccessKeyId);
        await FetchedAsync(3, Lasting("second", minutes: 60));
        await Patience.UntilAsync(() => GetAsync().Result.AccessKeyId == "second");
    }

    [Fact]
    public async Task A_failed_fetch_fails_all_waiting_requests_and_no_others()
    {
        Task<OssCredentials>[] waiting = [GetAsync(), GetAsync()];
        await FailAsync(1);
        foreach (Task<OssCredentials> get in waiting)
        {
            await Assert.ThrowsAsync<OssRequestException>(() => get.Soon());
        }

        Task<OssCredentials> next = GetAsync();
        await FetchedAsync(2, Lasting("second", minutes: 60));
        Assert.Equal("second", (await next.Soon()).AccessKeyId);
    }

    [Fact]
    public async Task Discarded_credentials_are_fetched_again_and_older_ones_discard_nothing()
    {
        OssCredentials first = await GetFirstAsync(60);

        _cache.Discard(first);
        Task<OssCredentials> get = GetAsync();
        await FetchedAsync(2, Lasting("second", minutes: 60));
        Assert.Equal("second", (await get.Soon()).AccessKeyId);

        _cache.Discard(first);
        Assert.Equal("second", (await GetAsync().Soon()).AccessKeyId);
        Assert.Equal(2, _fetches.Count);
    }

    [Fact]
    public async Task A_renewal_by_another_route_is_not_waited_for_and_does_not_end_the_newer_one()
    {
        Task<OssCredentials> hanging = GetAsync("a proxy that hangs");
        await Patience.UntilAsync(() => _fetches.Count == 1);
        Task<OssCredentials> newer = GetAsync("another proxy");
        await FailAsync(1);
        await Assert.ThrowsAsync<OssRequestException>(() => hanging.Soon());

        Task<OssCredentials> joining = GetAsync("another proxy");
        await FetchedAsync(2, Lasting("second", minutes: 60));

        Assert.Equal(("second", "second"), ((await newer.Soon()).AccessKeyId, (await joining.Soon()).AccessKeyId));
        Assert.Equal(2, _fetches.Count);
    }

    [Fact]
    public async Task A_renewal_that_takes_long_is_not_waited_for_by_later_commands()
    {
        Task<OssCredentials> hanging = GetAsync();
        await Patience.UntilAsync(() => _fetches.Count == 1);

        _clock.Advance(TimeSpan.FromSeconds(1.9));
        Task<OssCredentials> joining = GetAsync();
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Task<OssCredentials> later = GetAsync();
        await FetchedAsync(2, Lasting("second", minutes: 60));

        Assert.Equal("second", (await later.Soon()).AccessKeyId);
        Assert.Equal((false, false), (hanging.IsCompleted, joining.IsCompleted));
        await FailAsync(1);
        await Assert.ThrowsAsync<OssRequestException>(() => joining.Soon());
        Assert.Equal("second", (await GetAsync().Soon()).AccessKeyId);
    }

    [Fact]
    public async Task Commands_with_different_routes_share_one_renewal_in_the_background()
    {
        await GetFirstAsync(60);
        _clock.Advance(TimeSpan.FromMinutes(56));

        for (int i = 0; i < 6; i++)
        {
            Assert.Equal("first", (await GetAsync($"proxy {i % 2}").Soon()).AccessKeyId);
        }

        await FetchedAsync(2, Lasting("second", minutes: 60));
        await Patience.UntilAsync(() => GetAsync().Result.AccessKeyId == "second");
        Assert.Equal(2, _fetches.Count);
    }

    [Fact]
    public async Task Commands_that_wait_share_one_renewal_for_each_route()
    {
        Task<OssCredentials>[] waiting = [.. Enumerable.Range(0, 6).Select(i => GetAsync($"proxy {i % 2}"))];

        await FetchedAsync(1, Lasting("one", minutes: 60));
        await FetchedAsync(2, Lasting("the other", minutes: 60));

        await Task.WhenAll(waiting).Soon();
        Assert.Equal(2, _fetches.Count);
    }

    [Fact]
    public async Task An_older_renewal_does_not_replace_credentials_that_last_longer()
    {
        Task<OssCredentials> older = GetAsync("a slow proxy");
        await Patience.UntilAsync(() => _fetches.Count == 1);
        Task<OssCredentials> newer = GetAsync("another proxy");
        await FetchedAsync(2, Lasting("second", minutes: 60));
        await newer.Soon();

        await FetchedAsync(1, Lasting("first", minutes: 30));

        Assert.Equal("first", (await older.Soon()).AccessKeyId);
        Assert.Equal("second", (await GetAsync().Soon()).AccessKeyId);
    }

    [Fact]
    public async Task A_renewal_that_began_before_credentials_were_discarded_is_neither_shared_nor_kept()
    {
        OssCredentials first = await GetFirstAsync(60);
        _clock.Advance(TimeSpan.FromMinutes(56));
        await GetAsync().Soon();
        await Patience.UntilAsync(() => _fetches.Count == 2);

        _cache.Discard(first);
        Task<OssCredentials> get = GetAsync();
        await Patience.UntilAsync(() => _fetches.Count == 3);
        int readings = _clock.Readings;
        await FetchedAsync(2, Lasting("second", minutes: 90));
        await Patience.UntilAsync(() => _clock.Readings > readings);
        await FetchedAsync(3, Lasting("third", minutes: 60));

        Assert.Equal("third", (await get.Soon()).AccessKeyId);
        Assert.Equal("third", (await GetAsync().Soon()).AccessKeyId);
    }

    private OssCredentials Lasting(string id, double minutes) => new(id, "secret", "token", _clock.UtcNow.AddMinutes(minutes));

    private Task<OssCredentials> GetAsync(object? route = null) => _cache.Find(route, StartFetch) is { } current
        ? Task.FromResult(current)
        : _cache.RenewAsync(route, StartFetch);

    private Task<OssCredentials> StartFetch()
    {
        var fetch = new TaskCompletionSource<OssCredentials>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_fetches)
        {
            _fetches.Add(fetch);
        }

        return fetch.Task;
    }

    private async Task<OssCredentials> GetFirstAsync(double minutes)
    {
        Task<OssCredentials> get = GetAsync();
        await FetchedAsync(1, Lasting("first", minutes));
        return await get.Soon();
    }

    private async Task FetchedAsync(int number, OssCredentials credentials) =>
        (await FetchAsync(number)).SetResult(credentials);

    private async Task FailAsync(int number) =>
        (await FetchAsync(number)).SetException(new OssRequestException(OssRequestError.CredentialSourceFailed, "No."));

    private async Task<TaskCompletionSource<OssCredentials>> FetchAsync(int number)
    {
        await Patience.UntilAsync(() => _fetches.Count >= number);
        return _fetches[number - 1];
    }
}
