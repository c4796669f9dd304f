// SPDX-License-Identifier: Apache-2.0

// Command floor moves the images of a bundle into one repository with the fewest requests that two plain registries allow,
// a given number of requests at a time. It asks nothing, hashes nothing, logs in nowhere and puts no bundle index: no client
// that does its job can do with less, so the time it takes is the limit that the registries and the link set.
//
// A manifest is one GET and one PUT, a blob one GET, one POST and one PUT; each digest is moved once.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
)

const manifestTypes = "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, " +
	"application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json"

type image struct {
	Image string `json:"image"`
}

type bundle struct {
	InvocationImages []image          `json:"invocationImages"`
	Images           map[string]image `json:"images"`
}

type descriptor struct {
	Digest string `json:"digest"`
}

type manifest struct {
	Config    descriptor   `json:"config"`
	Layers    []descriptor `json:"layers"`
	Manifests []descriptor `json:"manifests"`
}

// mover holds what all transfers share.
type mover struct {
	client     *http.Client
	target     string
	repository string
	slots      chan struct{}

	mutex sync.Mutex
	known map[string]*sync.Once
}

// once runs work for the first caller of a key; the others wait until it is done.
func (m *mover) once(key string, work func()) {
	m.mutex.Lock()
	entry, found := m.known[key]
	if !found {
		entry = new(sync.Once)
		m.known[key] = entry
	}
	m.mutex.Unlock()
	entry.Do(work)
}

// send makes one request and fails the program on a refusal. The caller closes the body.
func (m *mover) send(method, address string, body io.Reader, size int64, header http.Header) *http.Response {
	request, err := http.NewRequest(method, address, body)
	check(err)
	if body != nil {
		request.ContentLength = size
	}
	for name, values := range header {
		request.Header[name] = values
	}
	response, err := m.client.Do(request)
	check(err)
	if response.StatusCode >= 400 {
		text, _ := io.ReadAll(io.LimitReader(response.Body, 1000))
		fail("%s %s: %s %s", method, address, response.Status, text)
	}
	return response
}

func finish(response *http.Response) {
	_, err := io.Copy(io.Discard, response.Body)
	check(err)
	check(response.Body.Close())
}

// blob streams one blob from a repository of the source into the target.
func (m *mover) blob(source, digest string) {
	m.slots <- struct{}{}
	defer func() { <-m.slots }()
	content := m.send("GET", source+"/blobs/"+digest, nil, 0, nil)
	defer content.Body.Close()
	started := m.send("POST", m.target+"/v2/"+m.repository+"/blobs/uploads/", nil, 0, nil)
	finish(started)
	session, err := started.Request.URL.Parse(started.Header.Get("Location"))
	check(err)
	// The registry behind a relay may name itself; the upload goes the way of all other requests.
	session.Host = started.Request.URL.Host
	query := session.Query()
	query.Set("digest", digest)
	session.RawQuery = query.Encode()
	finish(m.send("PUT", session.String(), content.Body, content.ContentLength,
		http.Header{"Content-Type": {"application/octet-stream"}}))
}

// tree moves a manifest after all that it points to.
func (m *mover) tree(source, reference string) {
	m.slots <- struct{}{}
	response := m.send("GET", source+"/manifests/"+reference, nil, 0, http.Header{"Accept": {manifestTypes}})
	content, err := io.ReadAll(response.Body)
	check(err)
	check(response.Body.Close())
	<-m.slots
	var parsed manifest
	check(json.Unmarshal(content, &parsed))

	var children sync.WaitGroup
	move := func(work func(string, string), digest string) {
		children.Add(1)
		go func() {
			defer children.Done()
			m.once(digest, func() { work(source, digest) })
		}()
	}
	if parsed.Config.Digest != "" {
		move(m.blob, parsed.Config.Digest)
	}
	for _, layer := range parsed.Layers {
		move(m.blob, layer.Digest)
	}
	for _, child := range parsed.Manifests {
		move(m.tree, child.Digest)
	}
	children.Wait()

	m.slots <- struct{}{}
	defer func() { <-m.slots }()
	finish(m.send("PUT", m.target+"/v2/"+m.repository+"/manifests/"+response.Header.Get("Docker-Content-Digest"),
		bytes.NewReader(content), int64(len(content)), http.Header{"Content-Type": {response.Header.Get("Content-Type")}}))
}

func check(err error) {
	if err != nil {
		fail("%v", err)
	}
}

func fail(format string, arguments ...any) {
	fmt.Fprintf(os.Stderr, "floor: "+format+"\n", arguments...)
	os.Exit(1)
}

func main() {
	target := flag.String("target", "", "host and port of the registry that takes the images")
	repository := flag.String("repository", "bundle", "the repository there")
	width := flag.Int("width", 32, "requests at a time")
	flag.Parse()
	if *target == "" || flag.NArg() != 1 || *width < 1 {
		fail("usage: floor -target HOST:PORT [-repository NAME] [-width N] BUNDLE")
	}
	text, err := os.ReadFile(flag.Arg(0))
	check(err)
	var wanted bundle
	check(json.Unmarshal(text, &wanted))
	all := wanted.InvocationImages
	for _, component := range wanted.Images {
		all = append(all, component)
	}

	m := &mover{
		client:     &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 2 * *width}},
		target:     (&url.URL{Scheme: "http", Host: *target}).String(),
		repository: *repository,
		slots:      make(chan struct{}, *width),
		known:      map[string]*sync.Once{},
	}
	var roots sync.WaitGroup
	for _, one := range all {
		host, path, _ := strings.Cut(one.Image, "/")
		colon := strings.LastIndex(path, ":")
		if colon < 0 {
			fail("%s has no tag", one.Image)
		}
		roots.Add(1)
		go func() {
			defer roots.Done()
			m.tree("http://"+host+"/v2/"+path[:colon], path[colon+1:])
		}()
	}
	roots.Wait()
}
