// Command comitylog reads a log with golang.org/x/mod/sumdb and nothing of comity. The log is a
// directory, or the address that a site serves it below, such as http://127.0.0.1:8000/log.
//
//	comitylog verify <log> <vkey>             checkpoint, every tile, every entry
//	comitylog prove <log> <vkey> <questions   checks proofs, and answers with its own
//	comitylog sign <skey> <text                     signs a note
//	comitylog cosigned <vkey> <note                 checks a witness's cosignature/v1
//
// It is a test: where it and comity disagree, one of the two misreads the specifications.
package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 3 && args[0] == "verify":
		return verify(args[1], args[2])
	case len(args) == 3 && args[0] == "prove":
		return prove(args[1], args[2])
	case len(args) == 2 && args[0] == "sign":
		return sign(args[1])
	case len(args) == 2 && args[0] == "cosigned":
		return cosigned(args[1])
	}
	return errors.New("usage: comitylog verify|prove|sign|cosigned ...")
}

// read returns a file of the log.
func read(log, name string) ([]byte, error) {
	if !strings.HasPrefix(log, "http://") {
		return os.ReadFile(filepath.Join(log, name))
	}
	answer, err := http.Get(log + "/" + name)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", name, answer.Status)
	}
	return io.ReadAll(answer.Body)
}

// openLog checks the signature of the checkpoint and returns the tree it states, with a
// reader that authenticates every tile against it.
func openLog(log, vkey string) (tlog.Tree, tlog.HashReader, error) {
	var tree tlog.Tree
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tree, nil, err
	}
	signed, err := read(log, "checkpoint")
	if err != nil {
		return tree, nil, err
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tree, nil, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tree, nil, fmt.Errorf("not a checkpoint of %s", verifier.Name())
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, nil, err
	}
	if tree.Hash, err = tlog.ParseHash(lines[2]); err != nil {
		return tree, nil, err
	}
	return tree, tlog.TileHashReader(tree, tilesOf(log)), nil
}

// tilesOf finds tiles by their C2SP path, which is sumdb's without the height.
type tilesOf string

func (d tilesOf) Height() int                     { return tileHeight }
func (d tilesOf) SaveTiles([]tlog.Tile, [][]byte) {}

func (d tilesOf) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	found := make([][]byte, len(tiles))
	for i, tile := range tiles {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		raw, err := read(string(d), path)
		if err != nil {
			return nil, err
		}
		found[i] = raw
	}
	return found, nil
}

// stored keeps the hashes of a tree in the order of tlog.StoredHashIndex.
type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		found[i] = s[index]
	}
	return found, nil
}

// verify builds the tree from the entries, and compares root and every tile with it.
func verify(log, vkey string) error {
	tree, _, err := openLog(log, vkey)
	if err != nil {
		return err
	}
	var hashes stored
	for start := int64(0); start < tree.N; start += 1 << tileHeight {
		entries, err := readBundle(log, start, tree.N)
		if err != nil {
			return err
		}
		for i, entry := range entries {
			added, err := tlog.StoredHashes(start+int64(i), entry, hashes)
			if err != nil {
				return err
			}
			hashes = append(hashes, added...)
		}
	}
	root, err := tlog.TreeHash(tree.N, hashes)
	if err != nil {
		return err
	}
	if root != tree.Hash {
		return errors.New("the root differs")
	}
	if err := compareTiles(log, tree.N, hashes); err != nil {
		return err
	}
	fmt.Printf("%d %s\n", tree.N, root)
	return nil
}

func readBundle(log string, start, size int64) ([][]byte, error) {
	width := size - start
	if width > 1<<tileHeight {
		width = 1 << tileHeight
	}
	tile := tlog.Tile{H: tileHeight, L: -1, N: start >> tileHeight, W: int(width)}
	path := strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1)
	raw, err := read(log, path)
	if err != nil {
		return nil, err
	}
	var entries [][]byte
	for ; width > 0; width-- {
		if len(raw) < 2 || len(raw) < 2+int(binary.BigEndian.Uint16(raw)) {
			return nil, fmt.Errorf("%s is cut off", path)
		}
		end := 2 + int(binary.BigEndian.Uint16(raw))
		entries = append(entries, raw[2:end])
		raw = raw[end:]
	}
	if len(raw) > 0 {
		return nil, fmt.Errorf("%s is too long", path)
	}
	return entries, nil
}

func compareTiles(log string, size int64, hashes stored) error {
	var tiles []tlog.Tile
	for _, tile := range tlog.NewTiles(tileHeight, 0, size) {
		// Older versions of NewTiles name narrower partial tiles too.
		row := size >> uint(tile.L*tileHeight)
		if tile.W == 1<<tileHeight || int64(tile.W) == row%(1<<tileHeight) {
			tiles = append(tiles, tile)
		}
	}
	found, err := tilesOf(log).ReadTiles(tiles)
	if err != nil {
		return err
	}
	for i, tile := range tiles {
		expected, err := tlog.ReadTileData(tile, hashes)
		if err != nil {
			return err
		}
		if !bytes.Equal(found[i], expected) {
			return fmt.Errorf("%s differs", tile.Path())
		}
	}
	return nil
}

// question asks for an inclusion proof (First is the index) or a consistency proof (First is
// the older size), and brings the answer that comity gave.
type question struct {
	Kind  string
	First int64
	Size  int64
	Proof []tlog.Hash
}

func prove(log, vkey string) error {
	_, reader, err := openLog(log, vkey)
	if err != nil {
		return err
	}
	var questions []question
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		return err
	}
	answers := make([][]tlog.Hash, len(questions))
	for i, q := range questions {
		if answers[i], err = answer(q, reader); err != nil {
			return fmt.Errorf("%s %d in %d: %v", q.Kind, q.First, q.Size, err)
		}
	}
	return json.NewEncoder(os.Stdout).Encode(answers)
}

func answer(q question, reader tlog.HashReader) ([]tlog.Hash, error) {
	root, err := tlog.TreeHash(q.Size, reader)
	if err != nil {
		return nil, err
	}
	if q.Kind == "inclusion" {
		leaf, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, q.First)})
		if err != nil {
			return nil, err
		}
		if err := tlog.CheckRecord(q.Proof, q.Size, root, q.First, leaf[0]); err != nil {
			return nil, err
		}
		return tlog.ProveRecord(q.Size, q.First, reader)
	}
	old, err := tlog.TreeHash(q.First, reader)
	if err != nil {
		return nil, err
	}
	if err := tlog.CheckTree(q.Proof, q.Size, root, q.First, old); err != nil {
		return nil, err
	}
	return tlog.ProveTree(q.Size, q.First, reader)
}

func sign(skey string) error {
	signer, err := note.NewSigner(skey)
	if err != nil {
		return err
	}
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	signed, err := note.Sign(&note.Note{Text: string(text)}, signer)
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(signed)
	return err
}

// cosigned checks a cosignature with crypto/ed25519 alone: sumdb knows no witnesses.
func cosigned(vkey string) error {
	parts := strings.SplitN(vkey, "+", 3)
	key, err := base64.StdEncoding.DecodeString(parts[len(parts)-1])
	if err != nil || len(parts) != 3 || len(key) != 33 || key[0] != 4 {
		return errors.New("not the key of a witness")
	}
	signed, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	split := bytes.LastIndex(signed, []byte("\n\n"))
	prefix := "— " + parts[0] + " "
	for _, line := range strings.Split(string(signed[split+2:]), "\n") {
		if !strings.HasPrefix(line, prefix) {
			continue
		}
		raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(line, prefix))
		if err != nil || len(raw) != 4+8+64 || fmt.Sprintf("%x", raw[:4]) != parts[1] {
			return errors.New("not a cosignature of this key")
		}
		stamp := binary.BigEndian.Uint64(raw[4:])
		message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", stamp, signed[:split+1])
		if !ed25519.Verify(key[1:], []byte(message), raw[12:]) {
			return errors.New("the cosignature does not fit")
		}
		fmt.Println(stamp)
		return nil
	}
	return errors.New("no cosignature of this witness")
}
