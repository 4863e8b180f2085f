using System;
using System.Collections.Generic;
using System.IO.Enumeration;
using System.Linq;
using System.Threading;
using OssPayment.Emulator.Hosting;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Faults;

/// <summary>An action, and the requests to which it applies. Properties that are not set match every request.</summary>
public sealed class Fault
{
    private readonly int _every = 1;
    private Random? _random;

    /// <summary>A bucket name, or a pattern with <c>*</c> and <c>?</c>.</summary>
    public string? Bucket { get; init; }

    /// <summary>The HTTP method. CONNECT requests match only if this is <c>CONNECT</c>.</summary>
    public string? Method { get; init; }

    /// <summary>The name of the operation in the vendor's reference.</summary>
    public string? Operation { get; init; }

    /// <summary>The host of the request without a port, or a pattern with <c>*</c> and <c>?</c>.</summary>
    public string? Host { get; init; }

    /// <summary>The number of matching requests to skip first.</summary>
    public int Skip { get; init; }

    /// <summary>The maximum number of requests that get the fault; 0 means no limit.</summary>
    public int Times { get; init; }

    /// <summary>Only every n-th matching request gets the fault.</summary>
    public int Every
    {
        get => _every;
        init => _every = value > 0 ? value : throw new ArgumentException("'every' must be at least 1.");
    }

    /// <summary>The probability that a matching request gets the fault, from 0 to 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>The seed of the random numbers for <see cref="Probability"/>, so that runs are repeatable.</summary>
    public int Seed { get; init; }

    /// <summary>Whether the operation runs before the fault, so that only its response is lost.</summary>
    public bool AfterApply { get; init; }

    public required FaultAction Action { get; init; }

    /// <summary>The number of matching requests so far.</summary>
    public int Matched { get; private set; }

    /// <summary>The number of requests that got the fault so far.</summary>
    public int Played { get; private set; }

    /// <summary>Counts a matching request, and returns whether it gets the fault. Not thread-safe.</summary>
    internal bool Take(RecordedRequest request)
    {
        if (!Matches(request))
        {
            return false;
        }

        Matched++;
        bool plays = Matched > Skip
            && (Times == 0 || Played < Times)
            && (Matched - Skip) % Every == 0
            && (_random ??= new Random(Seed)).NextDouble() < Probability;
        Played += plays ? 1 : 0;
        return plays;
    }

    private bool Matches(RecordedRequest request) =>
        (Method is null ? request.Method != "CONNECT" : Method == request.Method)
        && (Operation is null || Operation == request.Operation)
        && (Bucket is null || MatchesPattern(Bucket, request.Bucket))
        && (Host is null || MatchesPattern(Host, RequestHost.WithoutPort(request.Host)));

    private static bool MatchesPattern(string pattern, string? text) =>
        text is not null && FileSystemName.MatchesSimpleExpression(pattern, text);
}

/// <summary>The active faults. A request gets at most one: the first that applies to it.</summary>
public sealed class FaultList
{
    private readonly Lock _lock = new();
    private readonly List<Fault> _faults = [];

    public Fault Add(Fault fault)
    {
        lock (_lock)
        {
            _faults.Add(fault);
        }

        return fault;
    }

    public IReadOnlyList<Fault> All()
    {
        lock (_lock)
        {
            return [.. _faults];
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _faults.Clear();
        }
    }

    internal Fault? Take(RecordedRequest request)
    {
        lock (_lock)
        {
            return _faults.FirstOrDefault(fault => fault.Take(request));
        }
    }
}
